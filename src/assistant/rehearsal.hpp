// Asks a snapshot without a database or a conversation: which facts it would tell, and how sure it would be. For staff:
// what a change would do before it is made, and which questions mean the same. One thread at a time.
#pragma once

#include "assistant/answering.hpp"
#include "assistant/reply.hpp"
#include "assistant/snapshot.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

// Something that a question speaks of, with how much of the question it is. Two that share a mark mean the same.
struct Trait {
    std::vector<std::string> marks;
    float weight = 0;
};

// 0..1: how much two questions speak of the same.
float likeness(std::vector<Trait> const& one, std::vector<Trait> const& other);

class Rehearsal {
public:
    explicit Rehearsal(std::shared_ptr<Snapshot const> snapshot) : snapshot_(std::move(snapshot)) {}

    struct Outcome {
        Status status = Status::unknown;
        std::vector<std::string> facts;   // ids of what would be told, in order
        float confidence = 0;
        Language language = Language::en; // in which it would be told
    };
    Outcome ask(std::string_view question, std::optional<Language> language = {});

    // Facts and FAQ entries near the words, best first, whether they would be told or not.
    std::vector<std::string> nearest(std::string_view words, std::size_t limit);

    // Both of these at once, which is cheaper: what would be told, and what is near.
    struct Look {
        Outcome told;
        std::vector<std::string> near;
    };
    Look look(std::string_view words, std::size_t limit);

    std::vector<Trait> traits(std::string_view question);

    // Id of the intent that the question is nearest to, however unsure that is; empty: it is near none.
    std::string guess(std::string_view question);

    Snapshot const& snapshot() const { return *snapshot_; }

private:
    Outcome outcome_of(Decision const& decision) const;
    std::vector<std::string> ids_of(std::vector<RankedFact> const& ranked, std::size_t limit) const;

    std::shared_ptr<Snapshot const> snapshot_;
    Ranker ranker_;
    text::Stemmer stemmer_;
};

}  // namespace immunobot::assistant
