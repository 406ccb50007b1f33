#include "assistant/reading_confidence.hpp"

#include "assistant/confidence_trees.hpp"

#include <algorithm>
#include <cmath>

namespace immunobot::assistant {
namespace {

using namespace intents;

// In the order of reading_input().
constexpr ConfidenceTree trees[] = {
#include "assistant/reading_trees.inc"
};

// An answer to something else is worse than silence: as likely as not is not enough.
constexpr float caution = 0.47f;

constexpr ClassBits questions[] = {asks_when, asks_where, asks_who, asks_how_many, asks_why, asks_which, money, list_all};
constexpr ClassBits any_question = asks_when | asks_where | asks_who | asks_how_many | asks_why | asks_which | money | list_all;

// What the message itself says, and how much of it the best fact of a reading accounts for.
struct Share {
    float words = 0;     // of substance, or that ask
    float missing = 0;   // ... of them not accounted for
    float heaviest = 0;  // ... of those
};

Share share_of(Analysis const& message, PartDecision const& part)
{
    Share out;
    for (auto const& word : message.words) {
        if (!is_content(word) && (own_classes(word, message.language) & any_question) == 0)
            continue;
        for (std::size_t i = 0; i < part.analysis.slots.size() && i < 64; ++i) {
            auto const& slot = part.analysis.slots[i];
            if (slot.kind != Slot::Kind::word || slot.text != word.folded)
                continue;
            out.words += slot.weight;
            if ((part.ranked[0].slots >> i & 1u) == 0) {
                out.missing += slot.weight;
                out.heaviest = std::max(out.heaviest, slot.weight);
            }
            break;
        }
    }
    return out;
}

// What the message alone, without what was before, says of the property that a reading is answered with.
struct Alone {
    float property = 0;
    float embedded = 0;
    float foreign = 1;
    float unanswered = 1;
};

Alone read_alone(std::vector<FactFeatures> const& facts, PartDecision const& plain, FactFeatures const& fact)
{
    Alone out;
    if (plain.ranked.empty())
        return out;
    out.foreign = plain.ranked[0].foreign;
    out.unanswered = plain.ranked[0].unanswered;
    for (auto const& ranked : plain.ranked)
        if (facts[ranked.fact].property == fact.property && facts[ranked.fact].is_faq == fact.is_faq) {
            out.property = std::max(out.property, ranked.of(Evidence::property));
            out.embedded = std::max(out.embedded, ranked.of(Evidence::embedded));
        }
    return out;
}

class Input {
public:
    void add(float value) { values.push_back(value); }
    void add_flag(bool value) { values.push_back(value ? 1 : 0); }
    std::vector<float> values;
};

}  // namespace

std::vector<float> reading_input(Snapshot const& snapshot, Analysis const& message, Conversation const& conversation, std::vector<ReadingTrial> const& trials, std::size_t which)
{
    auto const& facts = snapshot.index.facts();
    auto const& [way, part, unused] = trials[which];
    auto const& best = part.ranked[0];
    auto const& fact = facts[best.fact];
    auto const id_of = [&](EntityId entity) -> std::string const& { return snapshot.entities[entity].id; };
    float plain = 0, others = 0;
    Alone alone;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        if (trials[i].way.kind == ReadingKind::plain) {
            plain = trials[i].part.confidence;
            alone = read_alone(facts, trials[i].part, fact);
        }
        if (i != which && !trials[i].part.chosen.empty() && trials[i].part.ranked[0].fact != best.fact)
            others = std::max(others, trials[i].part.confidence * trials[i].way.prior);
    }
    ClassBits classes = 0;
    for (auto const& word : message.words)
        classes |= own_classes(word, message.language);
    auto const share = share_of(message, part);
    bool const person = fact.has_entity && snapshot.entities[fact.entity].kind == "person";
    bool const home = fact.has_entity && fact.entity == snapshot.home;
    bool const told = std::ranges::find(conversation.told, fact.id) != conversation.told.end();
    bool const in_focus = fact.has_entity && std::ranges::find(conversation.focus, id_of(fact.entity)) != conversation.focus.end();
    bool const first_focus = fact.has_entity && !conversation.focus.empty() && conversation.focus[0] == id_of(fact.entity);

    Input in;
    in.add(part.confidence);
    in.add(way.prior);
    in.add(part.confidence * way.prior - others);
    in.add(plain);
    for (std::size_t kind = 0; kind < static_cast<std::size_t>(ReadingKind::count); ++kind)
        in.add_flag(kind == static_cast<std::size_t>(way.kind));
    in.add(way.place);
    in.add_flag(message.points_back);
    in.add_flag(message.follows_on);
    in.add_flag(message.names_home);
    in.add_flag(!message.links.empty());
    in.add_flag(message.yes_no);
    in.add(std::min(1.0f, static_cast<float>(message.words.size()) / 12));
    for (auto const bits : questions)
        in.add_flag((message.asks & bits) != 0);
    in.add_flag(told);
    in.add_flag(part.retold);
    in.add(std::min(1.0f, share.words / 12));
    in.add(share.words > 0 ? share.missing / share.words : 0);
    in.add(share.heaviest / 6);
    in.add(std::min(3.0f, static_cast<float>(conversation.failures)));
    in.add_flag(conversation.told.empty());
    in.add_flag((classes & person_pronoun) != 0);
    in.add_flag((classes & thing_pronoun) != 0);
    in.add_flag(person);
    in.add_flag(home);
    in.add_flag(in_focus);
    in.add_flag(first_focus);
    for (float const evidence : best.evidence)
        in.add(evidence);
    in.add(best.unanswered);
    in.add(best.elsewhere);
    in.add(best.foreign);
    in.add(alone.property);
    in.add(alone.embedded);
    in.add(alone.foreign);
    in.add(alone.unanswered);
    return std::move(in.values);
}

float reading_confidence(std::vector<float> const& input)
{
    return probability(trees, input, -caution);
}

}  // namespace immunobot::assistant
