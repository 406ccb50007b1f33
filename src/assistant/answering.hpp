// Decides what is answered: fixed replies first, then each part of the question against the facts, then
// silence where the facts do not account for the wish.
//
// Pure: the same analysis, conversation and snapshot give the same decision. Texts are added by compose.
#pragma once

#include "assistant/analysis.hpp"
#include "assistant/asked_of_several.hpp"
#include "assistant/conversation.hpp"
#include "assistant/ranking.hpp"
#include "assistant/readings.hpp"
#include "assistant/splitting.hpp"
#include "assistant/verdict.hpp"
#include "base/date.hpp"

#include <string>
#include <span>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

// What is told stands for several that were asked about: all that is known of them, or the first of those with known figures.
enum class OfSeveral : std::uint8_t { none, known, compared };

// What is said of one part of the question.
struct PartDecision {
    Analysis analysis;                 // with inherited and implied slots filled in
    std::vector<RankedFact> ranked;    // best first, losers too
    std::vector<FactIndexId> chosen;   // to be said, in order; empty: nothing known
    bool retold = false;               // the fact told before answers this as well
    bool told_items = false;           // "which ones?": the first names those who were counted
    OfSeveral of_several = OfSeveral::none;
    bool unsure = false;               // close, but not close enough to answer
    bool rest = false;                 // something else of the message may ask, too, and is not answered
    bool alone = false;                // of a part of a message: asks something, of whom it names itself
    Verdict verdict = Verdict::none;   // of a yes/no question
    std::uint32_t intent = none_intent;
    float confidence = 0;
    std::string asked;                 // the question as understood: follow-ups filled in
    std::vector<std::string> steps;    // for --explain
    static constexpr std::uint32_t none_intent = static_cast<std::uint32_t>(-1);
};

struct Decision {
    std::uint32_t fixed = PartDecision::none_intent;  // intent with a fixed reply, if that is the answer
    bool other_language = false;
    bool undone = false;               // "no", "not that", alone: if a word was corrected, it was meant as typed
    bool stopped = false;              // "never mind", "annuler": what was spoken of is over
    std::vector<PartDecision> parts;
};

// One way to take a message, and what it would be answered with.
struct ReadingTrial {
    Reading way;
    PartDecision part;
    std::vector<float> input;   // what weigh_readings() has looked at; empty for a first question
};

class Answering {
public:
    // `today`: what is still to come, or has another in its place, is not told; the year 0: all that there is.
    Answering(Snapshot const& snapshot, Ranker& ranker, text::Stemmer& stemmer, Analyser::Spelling spelling = Analyser::Spelling::corrected, Date today = {})
        : snapshot_(snapshot), analyser_(snapshot, spelling), ranker_(ranker), stemmer_(stemmer), today_(today) {}

    Decision decide(std::string_view text, std::optional<Language> hint, Conversation const& conversation);

    // What a conversation keeps of one answered part: whom it was about, what it listed, what was asked.
    void remember(Conversation& conversation, PartDecision const& part) const;

    // For fitting (bench/learn_readings): the trials of every message to come are appended to `trials`.
    void watch(std::vector<ReadingTrial>& trials) { watched_ = &trials; }

private:
    // Calibrated on questions written for the purpose; see docs/understanding.md.
    static constexpr std::size_t most_parts = 4;      // questions of one message that are answered,
    static constexpr std::size_t most_listed = 6;     // ... and wishes of one list
    static constexpr float sure_enough = 0.52f;       // confidence from which a fact is said
    static constexpr float as_likely_as_not = 0.5f;
    static constexpr float may_be = 0.12f;            // ... from which it is one of what is offered
    static constexpr float sure_of_one = 0.9f;        // ... from which it is not looked for others of its kind
    static constexpr float structural = 0.9f;         // ... of what is read off the facts themselves
    static constexpr std::size_t candidates = 24;

    // answering.cpp: a message and its parts
    void reply_to_courtesy(Decision& out) const;
    Decision decide_all(std::string_view text, std::optional<Language> hint, Conversation const& conversation);
    std::optional<std::string_view> only_question(std::vector<std::string_view> const& pieces, Language language) const;
    bool leaves_words(PartDecision const& part) const;
    bool answer_apart(std::vector<PartDecision> const& parts) const;
    enum class Pieces : bool { questions, wishes };
    bool names_only_home(Analysis const& analysis) const;
    bool answer_one_of(std::vector<PartDecision> const& parts, PartDecision const& together) const;
    bool is_about_one_of(PartDecision const& part, std::vector<Link> const& links) const;
    std::optional<PartDecision> decide_between(Analysis const& analysis, std::vector<std::string> const& told);
    bool answer_list(Decision& out, std::string_view text, Analysis const& whole, std::vector<std::string_view> const& pieces, Conversation const& conversation);
    bool answer_wishes(Decision& out, std::vector<Wishes> const& ways, PartDecision const& together, Language language, Conversation const& conversation);
    std::vector<std::string> asked_of_each(std::string_view text, Analysis const& message, Conversation const& conversation) const;
    std::vector<PartDecision> decide_list(std::vector<std::string_view> const& parts, Language language, Conversation const& conversation);
    std::vector<PartDecision> decide_wishes(Wishes const& wishes, Language language, Conversation const& conversation);
    std::vector<PartDecision> decide_pieces(std::vector<std::string_view> const& pieces, Pieces kind, Language language, Conversation const& conversation);
    void add_what_is_known(Decision& out, std::string_view text);
    bool answer_entry(Decision& out, Analysis& whole);
    enum class Follows {
        other_message,   // of the conversation, if it was begun
        same_message,    // the first question of one message
        part,            // a further one, after `earlier_parts`: not answered with what these tell
    };

    // understanding.cpp: the ways in which one question can be meant
    PartDecision understand(std::string_view text, Analysis analysis, Conversation const& conversation, Follows follows = Follows::other_message, std::span<PartDecision const> earlier_parts = {});
    void weigh_readings(std::vector<ReadingTrial>& trials, Analysis const& message, Conversation const& conversation);
    std::vector<ReadingTrial> try_readings(std::string_view text, Analysis const& analysis, Conversation const& conversation, bool all);
    bool speaks_of_all(PartDecision const& part, std::vector<Link> const& links) const;
    bool has_all_words(PartDecision const& part, Analysis const& message) const;

    // aptness.cpp: whether what was chosen suits the message, after what was told and spoken of
    bool misses_what_was_before(PartDecision const& part, Analysis const& message, Conversation const& conversation) const;
    bool was_told(Conversation const& conversation, FactIndexId fact) const;
    bool repeats_without(PartDecision const& part, Analysis const& message, Conversation const& conversation) const;
    bool wants_a_date(PartDecision const& part, Analysis const& message) const;
    bool list_what_was_counted(PartDecision& part, Conversation const& conversation) const;
    bool leaves_who_was_told(PartDecision const& part, Analysis const& message, Conversation const& conversation) const;
    bool leaves_what_was_spoken_of(PartDecision const& part, Analysis const& message, Conversation const& conversation) const;
    void leave_out_beside_told(PartDecision& part, Conversation const& conversation) const;
    void weigh_told(PartDecision& part, std::vector<std::string> const& told) const;

    // discretion.cpp: private life
    bool pries(PartDecision const& part) const;
    bool pries_further(PartDecision const& part, Analysis const& message, Conversation const& conversation) const;

    // following.cpp: what the structure of the facts answers
    std::optional<PartDecision> answer_from_told(std::string_view text, Analysis const& analysis, Conversation const& conversation) const;
    std::optional<PartDecision> answer_from_same(std::string_view text, Analysis const& analysis, Conversation const& conversation) const;
    std::vector<FactIndexId> facts_told(Conversation const& conversation) const;
    std::optional<EntityId> sole_entity(Analysis const& analysis, Conversation const& conversation) const;
    std::optional<FactIndexId> in_turn(Analysis const& analysis, Conversation const& conversation) const;
    void answer_before(PartDecision& part) const;

    // difference.cpp: all but one of several, and one that is none of them
    void answer_by_difference(PartDecision& part) const;
    void tell_list(PartDecision& part, FactIndexId list, Verdict verdict, std::string step) const;
    void answer_by_membership(PartDecision& part) const;

    // relating.cpp: what ties two that are named
    void answer_by_tie(PartDecision& part) const;

    // choosing.cpp: one question
    PartDecision decide_part(Analysis analysis, std::vector<std::string> const& told);
    void imply_home(PartDecision& part) const;
    void choose(PartDecision& part) const;
    float put_surest_first(PartDecision& part) const;
    static void settle(PartDecision& part);
    std::uint32_t intent_of(Analysis const& analysis, std::uint16_t property) const;
    bool only_named(Analysis const& analysis) const;
    bool asked_by_keywords(Analysis const& analysis, RankedFact const& best) const;
    void put_definition_first(PartDecision& part) const;
    void put_list_first(PartDecision& part) const;
    bool speaks_of_named(Analysis const& analysis, RankedFact const& fact) const;

    // in_time.cpp: what is left out or preferred for when it holds
    void put_ranked_in_time(PartDecision& part, std::optional<int> year) const;
    void leave_out_what_is_not_told(PartDecision& part) const;
    void leave_out_what_is_over(PartDecision& part) const;
    void leave_out_past_events(PartDecision& part) const;
    void put_newest_first(PartDecision& part) const;
    void answer_as_of(PartDecision& part);

    // numbered.cpp: facts that a number tells apart
    void tell_by_number(PartDecision& part) const;

    // several.cpp: what is asked of all of a kind, of those that were told, of the named
    std::vector<EntityId> all_of(std::vector<std::string> const& kinds) const;
    void answer_of_kind(PartDecision& part) const;
    void forget_one_of(PartDecision& part, AskedOfSeveral const& asked) const;
    std::vector<EntityId> spoken_of_together(Analysis const& analysis, Conversation const& conversation) const;
    std::optional<PartDecision> answer_among_told(std::string_view text, Analysis const& analysis, Conversation const& conversation) const;
    bool compare_named(PartDecision& part, std::vector<EntityId> const& named) const;
    void tell_of_several(PartDecision& part, std::vector<FactIndexId> told, OfSeveral how) const;

    // comparing.cpp: several that are named, asked for together
    void answer_each(PartDecision& part);
    std::optional<PartDecision> answer_alike(Analysis const& analysis, std::vector<EntityId> const& named);
    bool asks_what_each_is(Analysis const& analysis) const;
    bool tell_what_each_is(PartDecision& part, std::vector<EntityId> const& named);
    FactIndexId definition_of(EntityId entity) const;

    Snapshot const& snapshot_;
    Analyser analyser_;
    Ranker& ranker_;
    text::Stemmer& stemmer_;
    Date today_;
    std::vector<ReadingTrial>* watched_ = nullptr;
};

}  // namespace immunobot::assistant
