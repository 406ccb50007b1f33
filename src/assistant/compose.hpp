// Makes the Reply: sentences of the facts (read from the database now), the bot's own phrases, sources, suggestions.
// Nothing is in an answer that is not a row's value or a sentence of data/phrases.csv or of an intent.
#pragma once

#include "assistant/answering.hpp"
#include "assistant/reply.hpp"
#include "assistant/wording.hpp"
#include "base/date.hpp"
#include "knowledge/reader.hpp"

namespace immunobot::assistant {

inline constexpr std::size_t longest_answer = 1200;  // characters

class Composer {
public:
    Composer(Snapshot const& snapshot, Wording const& wording, knowledge::Reader& reader, Date const& today)
        : snapshot_(snapshot), wording_(wording), reader_(reader), today_(today) {}

    // Fails with Errc::storage when the facts cannot be read.
    Result<Reply> compose(Decision const& decision, Conversation const& conversation);

private:
    Result<> add_part(PartDecision const& part, Reply& reply);
    void add_unknown(PartDecision const& part, Conversation const& conversation, Reply& reply) const;
    // False: there is no room for it.
    bool add_sentence(std::string_view sentence, Reply& reply, char before = ' ') const;
    Result<> add_entry(knowledge::FaqRow const& row, Reply& reply);
    // A text that may have marks.
    void add_marked(std::string_view written, Reply& reply) const;
    void add_source(knowledge::Source const& source, Reply& reply) const;
    void offer(FactIndexId fact, Reply& reply) const;
    EntityId spoken_of(PartDecision const& part, Conversation const& conversation) const;
    void suggest(PartDecision const& part, Conversation const& conversation, Reply& reply) const;
    std::string expired_note(std::string const& valid_to, LocalText const& told, Language language) const;

    Snapshot const& snapshot_;
    Wording const& wording_;
    knowledge::Reader& reader_;
    Date const& today_;
};

// The example question of an intent about an entity: "{entity}" filled in, French articles contracted.
std::string question_about(intents::Intent const& intent, EntityCard const& entity, Language language);

}  // namespace immunobot::assistant
