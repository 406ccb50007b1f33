// Finds answers for staff: facts, entries of the FAQ, and what is for staff alone. By the engine that answers visitors
// (names, acronyms, typing errors, both languages) and by the beginnings of words. Any thread.
#pragma once

#include "assistant/assistant.hpp"
#include "assistant/rehearsal.hpp"
#include "knowledge/reader.hpp"
#include "staff/store.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace immunobot::staff {

struct Found {
    enum class Kind { fact, faq, staff } kind = Kind::fact;
    std::string id;
    LocalText question;          // its title; may be empty for a fact
    LocalText answer;            // as plain text
    LocalText written;           // with its marks; of a fact, which has none: empty
    std::string entity;
    knowledge::Source source;
    std::string valid_to;
    std::string review_by;
};

class Search {
public:
    Search(Store& store, assistant::Assistant& bot, knowledge::Reader reader, assistant::Assistant::Worker worker)
        : store_(store), bot_(bot), reader_(std::move(reader)), worker_(std::move(worker))
    {
    }

    // Best first, at most `limit`.
    Result<std::vector<Found>> find(std::string_view words, std::size_t limit);
    // These answers, those for staff alone among them, in this order; what is not there is left out.
    Result<std::vector<Found>> read(std::vector<std::string> const& ids);
    Result<std::optional<Found>> one(std::string_view id);

    // Exactly what a visitor would be told, with the reasons. Nothing of it is kept.
    assistant::Reply ask(std::string_view question, std::optional<Language> language);

private:
    // What is kept from search to search, as long as the same snapshot answers visitors.
    struct Eyes {
        explicit Eyes(std::shared_ptr<assistant::Snapshot const> snapshot);
        assistant::Rehearsal rehearsal;
        std::unordered_map<std::string_view, assistant::FactIndexId> numbers;   // by id; views of the snapshot
    };
    Eyes& eyes();                                          // under mutex_
    Result<std::optional<Found>> read_one(std::string_view id);   // under mutex_
    Result<std::optional<Found>> read_hidden(std::string_view id);
    Result<void> add_staff_answers(std::string_view words, std::vector<Found>& out);

    Store& store_;
    assistant::Assistant& bot_;
    std::mutex mutex_;            // what follows
    knowledge::Reader reader_;
    std::optional<Eyes> eyes_;
    std::mutex asking_;           // what follows
    assistant::Assistant::Worker worker_;
};

}  // namespace immunobot::staff
