// What is remembered of a conversation between two questions, and where: in memory, and over a restart as a text in the
// journal.
#pragma once

#include "assistant/analysis.hpp"
#include "assistant/reply.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace immunobot::assistant {

// Entities by id, not by number: it outlives a snapshot.
struct Conversation {
    std::optional<Language> language;
    std::vector<std::string> focus;        // entities spoken of last, most likely first
    std::string asked;                     // the last question, with what follow-ups left out filled in
    std::vector<std::string> told;         // facts of the last answer
    std::vector<std::string> offered;      // questions that the last reply suggested
    std::vector<std::string> listed;       // entities that an answer listed, in order ("the second one")
    std::uint32_t list_age = 0;            // answers since then
    std::string typed;                     // the last message, if words of it were taken for others ("no, not that")
    std::uint32_t failures = 0;            // unanswered questions in a row
    std::uint32_t said = 0;                // counts fixed replies, so that wordings take turns

    // Nothing was spoken of yet.
    bool begins() const { return asked.empty() && focus.empty(); }
};

// The state as a text to be kept. What identifies a person in the question is masked, and what a list has beyond 200
// items is left out.
std::string to_text(Conversation const& conversation);

// Nothing for what to_text() did not make, or one of another version: such a conversation begins anew.
std::optional<Conversation> conversation_from_text(std::string_view text);

// Bounded and expiring; any thread. The oldest conversation goes first.
class Conversations {
public:
    Conversations(std::size_t most, std::chrono::minutes keep) : most_(most), keep_(keep) {}

    std::optional<Conversation> find(std::string const& id) const;
    void put(std::string const& id, Conversation conversation);
    bool erase(std::string const& id);  // false: there was none
    // Erases those whose ids fit; gives the ids.
    std::vector<std::string> erase_if(std::function<bool(std::string const&)> const& fits);
    std::size_t size() const;

private:
    struct Kept {
        std::string id;
        Conversation conversation;
        std::chrono::steady_clock::time_point used;
    };
    std::size_t most_;
    std::chrono::minutes keep_;
    mutable std::mutex mutex_;
    std::list<Kept> by_age_;  // newest first
    std::unordered_map<std::string, std::list<Kept>::iterator> by_id_;
};

}  // namespace immunobot::assistant
