// What the HTTP edge needs of the rest of the program. The real one is assistant_backend.hpp;
// tests bring their own.
#pragma once

#include "assistant/question.hpp"
#include "assistant/reply.hpp"
#include "assistant/wording.hpp"
#include "base/error.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/model.hpp"
#include "knowledge/outbox.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::console {
class Console;
}
namespace immunobot::staff {
class Commands;
}

namespace immunobot::server {

struct FactQuery {
    std::string words;      // full-text search; empty: no search
    std::string entity;     // id; empty: any
    std::string property;   // empty: any
    std::size_t limit = 50;
    std::size_t offset = 0;
};

struct SourcedFact {
    knowledge::Fact fact;
    knowledge::Source source;
};

struct FactPage {
    std::vector<SourcedFact> facts;
    std::size_t total = 0;  // how many there are without limit and offset
};

struct EntityPage {
    std::vector<knowledge::Entity> entities;
    std::size_t total = 0;
};

struct EntityView {
    knowledge::Entity entity;
    std::vector<std::string> children;  // ids of the entities whose parent it is
    std::vector<SourcedFact> facts;
};

// One per worker thread, used by that thread alone. A thrown exception costs that request a 500, no more.
class Backend {
public:
    virtual ~Backend() = default;

    // Answers and keeps the question for the staff. The reply carries `reply_id`.
    // Fails with Errc::storage or Errc::busy when nothing can be answered now.
    virtual Result<assistant::Reply> answer(assistant::Question const& question, std::string reply_id) = 0;

    virtual std::vector<assistant::Suggestion> suggest(std::string_view typed, Language language,
                                                       std::size_t limit) = 0;
    virtual Result<FactPage> facts(FactQuery const& query) = 0;
    virtual Result<EntityPage> entities(std::string_view kind, std::size_t limit, std::size_t offset) = 0;
    virtual Result<std::optional<EntityView>> entity(std::string_view id) = 0;

    // All of it, at the newest revision.
    virtual Result<std::shared_ptr<knowledge::Knowledge const>> knowledge() = 0;

    // For the foot of the pages and of the widget.
    virtual assistant::Standing standing() { return {}; }

    // Durable when it returns. Fails with Errc::not_found, Errc::storage or Errc::busy.
    virtual Result<> feedback(knowledge::Feedback feedback) = 0;

    // What was said in a conversation (Question::conversation), oldest first; empty when nothing is kept of it.
    virtual Result<std::vector<knowledge::Turn>> transcript(std::string_view conversation) = 0;

    // Durable when it returns. Fails with Errc::not_found, Errc::storage or Errc::busy.
    virtual Result<> forget(std::string const& conversation) = 0;
};

struct Health {
    bool ready = true;                  // false: questions cannot be answered
    std::vector<std::string> problems;  // what is wrong with intents or data, one line each, with file:line
    std::size_t entities = 0;
    std::size_t facts = 0;
    std::size_t faq = 0;
    std::size_t intents = 0;
    std::int64_t revision = 0;
};

// Shared by all threads; outlives the server.
class Services {
public:
    virtual ~Services() = default;
    virtual Result<std::unique_ptr<Backend>> backend() = 0;
    virtual Health health() const = 0;
    virtual knowledge::Journal::Counters journal() const = 0;
    // What messages of platforms and the calls that answer them are kept in; null: channels that answer by calls cannot.
    virtual knowledge::Outbox* outbox() { return nullptr; }
    // The staff's console; null if it is not served here.
    virtual console::Console* console() { return nullptr; }
    // What staff type in chats; null if nobody may.
    virtual staff::Commands* staff_commands() { return nullptr; }
};

}  // namespace immunobot::server
