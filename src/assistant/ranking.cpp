#include "assistant/ranking.hpp"

#include "assistant/embedding_lessons.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr float concept_share = 0.6f;       // a paraphrase is worth a little less than the word itself
constexpr float far_behind = 4.0f;           // in scores
constexpr float least_strength = 0.48f;      // with which a word of a wording counts for its fact
constexpr float of_question_words = 0.2f;    // share of "when", "who" and the like, which the lists do not have
constexpr float clearly_alike = 0.7f;
constexpr std::size_t looked_at = 24;       // candidates compared closely
constexpr float unlikely = 6.0f;            // -ln p of a property that is out of the question
constexpr float unlikely_label = 10.0f;     // ... of a label of the embedding model
constexpr float least_unanswered = 1e-3f;   // tells what was learned from what was not
constexpr float not_learned = -1;           // for Ranker::embedded()

// Fitted by bench/learn_ranking, in the order of Evidence.
constexpr std::array<float, evidences> weights = {4.13f, 0.01f, 5.00f, 1.00f, 0.01f, 0.00f, 0.00f, 1.52f, 1.66f, 5.28f, 0.00f, 0.22f, 0.66f, 0.50f, 3.00f, 0.20f, 0.00f};

float type_match(FactTraits const& fact, ClassBits asks)
{
    using Fact = FactTraits;
    float bonus = 0;
    if ((asks & asks_when) != 0)
        bonus += fact.is(Fact::has_date) ? 1.0f : 0;
    if ((asks & asks_where) != 0)
        bonus += fact.is(Fact::names_place) ? 1.0f : 0;
    if ((asks & asks_who) != 0)
        bonus += fact.is(Fact::names_person) ? 1.0f : fact.is(Fact::has_values) ? 0.5f : 0;
    if ((asks & asks_how_many) != 0)
        bonus += fact.is(Fact::has_number) ? 1.0f : 0;
    if ((asks & money) != 0)
        bonus += fact.is(Fact::names_money) ? 1.0f : 0;
    if ((asks & list_all) != 0)
        bonus += fact.is(Fact::list_value) ? 1.0f : 0;
    else if ((asks & asks_which) != 0)
        bonus += fact.is(Fact::list_value) ? 0.5f : 0;
    return bonus;
}

float weighed(std::array<float, evidences> const& evidence)
{
    float sum = 0;
    for (std::size_t i = 0; i < evidences; ++i)
        sum += weights[i] * evidence[i];
    return sum;
}

// No way of asking for a fact has more of the question than the lists of the index found of it there, so what likeness
// can add is bounded before it is looked at.
float most_by_likeness(RankedFact const& fact)
{
    float const of_question = std::min(1.0f, fact.coverage / least_strength + of_question_words);
    float const alike = 3 * of_question / (of_question + 2);
    auto const weight = [](Evidence which) { return weights[static_cast<std::size_t>(which)]; };
    return (weight(Evidence::alike) + (fact.unanswered > 0 ? 0 : weight(Evidence::embedded))) * alike + weight(Evidence::chosen) + weight(Evidence::alike_others) + weight(Evidence::usual) + weight(Evidence::alike_words) + weight(Evidence::suits);
}

void set(RankedFact& fact, Evidence which, float value)
{
    fact.evidence[static_cast<std::size_t>(which)] = value;
}

float suits(FactIndex const& index, Analysis const& analysis, std::uint16_t property)
{
    float all = 0;
    float with = 0;
    for (auto const& slot : analysis.slots)
        if (slot.kind == Slot::Kind::word && slot.counts) {
            all += slot.weight;
            with += index.goes_with(slot.terms, slot.concepts, property) ? slot.weight : 0;
        }
    return all > 0 ? with / all : 1;
}

}  // namespace

void Ranker::spread(Postings const& postings, float strength, By by)
{
    for (auto const& posting : postings) {
        auto& cell = cells_[posting.fact];
        float const value = posting.strength * strength;
        if (cell.slot_mark != mark_) {
            if (cell.slot_mark == 0)
                touched_.push_back(posting.fact);
            cell.slot_mark = mark_;
            cell.slot_best = value;
            cell.slot_exact = 0;
            in_slot_.push_back(posting.fact);
        } else {
            cell.slot_best = std::max(cell.slot_best, value);
        }
        if (by == By::word)
            cell.slot_exact = std::max(cell.slot_exact, value);
    }
}

void Ranker::close_slot(Slot const& slot, std::size_t number)
{
    for (FactIndexId const fact : in_slot_) {
        auto& cell = cells_[fact];
        float const gain = slot.weight * cell.slot_best;
        (slot.counts ? cell.matched : cell.context) += gain;
        if (slot.kind == Slot::Kind::entity && slot.counts)
            cell.entities += gain;
        else if (slot.counts) {
            cell.exact += slot.weight * cell.slot_exact;
            cell.stated += cell.slot_exact >= in_the_fact ? slot.weight : 0;
        }
        if (cell.slot_best >= 0.5f && number < 64)
            cell.slots |= std::uint64_t{1} << number;
    }
    in_slot_.clear();
    ++mark_;
}

Ranker::Totals Ranker::gather(FactIndex const& index, Analysis const& analysis)
{
    for (FactIndexId const fact : touched_)
        cells_[fact] = {};
    touched_.clear();
    cells_.resize(index.facts().size());   // only now: these may be fewer than those that were touched before
    mark_ = 1;
    Totals totals;
    for (std::size_t i = 0; i < analysis.slots.size(); ++i) {
        auto const& slot = analysis.slots[i];
        (slot.counts ? totals.all : totals.context) += slot.weight;
        if (slot.kind == Slot::Kind::entity) {
            totals.entities += slot.counts ? slot.weight : 0;
            spread(index.of_entity(slot.entity), 1, By::word);
        } else if (slot.kind == Slot::Kind::number) {
            spread(index.of_number(slot.text), 1, By::word);
        } else {
            for (TermId const term : slot.terms)
                spread(index.of_term(term), 1, By::word);
            for (auto const id : slot.concepts)
                spread(index.of_concept(id), concept_share, By::meaning);
            for (auto const& [property, strength] : slot.properties)
                spread(index.of_property(property), strength, By::meaning);
        }
        close_slot(slot, i);
    }
    return totals;
}

void Ranker::mark_question(FactIndex const& index, Analysis const& analysis)
{
    auto const& codes = index.wordings().codes();
    marks_.begin(codes.of_term(static_cast<TermId>(index.terms())));
    for (auto const& slot : analysis.slots) {
        if (slot.kind == Slot::Kind::entity) {
            marks_.open_slot(slot.counts ? 2.0f : 0.5f);
            marks_.mark(codes.of_entity(slot.entity), 1);
        } else if (slot.kind == Slot::Kind::word) {
            marks_.open_slot(slot.counts ? slot.weight : 0.5f * slot.weight);
            for (TermId const term : slot.terms)
                marks_.mark(codes.of_term(term), 1);
            for (auto const id : slot.concepts)
                marks_.mark(codes.of_concept(id), concept_share);
        }
    }
    for (std::uint32_t bit = 0; bit < Codes::classes; ++bit)
        if ((analysis.asks >> bit & 1u) != 0) {
            marks_.open_slot(1);
            marks_.mark(codes.of_class(bit), 1);
        }
}

void Ranker::weigh_properties(Snapshot const& snapshot, Analysis const& analysis)
{
    auto const& index = snapshot.index;
    index.properties().read(analysis.terms, model_);
    index.properties().score(model_, property_);
    for (float& one : property_)
        one = std::max(0.0f, 1 + std::log(one + 1e-6f) / unlikely);
    keywords_.assign(property_.size(), 0);
    float const best = analysis.scores.empty() ? 1 : analysis.scores[0].score;
    for (auto const& score : analysis.scores)
        for (auto const property : snapshot.intent_properties[score.intent])
            keywords_[property] = std::max(keywords_[property], score.score / best);
}

void Ranker::read_embeddings(Snapshot const& snapshot, Analysis const& analysis)
{
    auto const& model = *snapshot.intents->embeddings;
    if (model.empty())
        return;
    embedding_features(snapshot, analysis, features_);
    model.read(features_, log_likelihoods_);
    for (float& one : log_likelihoods_)
        one = std::max(0.0f, 1 + one / unlikely_label);
}

float Ranker::embedded(Snapshot const& snapshot, FactIndexId fact) const
{
    float out = not_learned;
    if (!snapshot.intents->embeddings->empty())
        for (auto const label : snapshot.labels_of_facts[fact])
            if (label != intents::EmbeddingModel::unknown)
                out = std::max(out, log_likelihoods_[label]);
    return out;
}

void Ranker::choose_among_own(FactIndex const& index, RankedFact& fact)
{
    auto const& features = index.facts()[fact.fact];
    if (!features.has_entity)
        return;
    auto at = std::ranges::find(chosen_, features.entity, &Chosen::entity);
    if (at == chosen_.end()) {
        chosen_.push_back({features.entity, {}});
        at = chosen_.end() - 1;
        index.fact_models().score(features.entity, model_, at->likely);
    }
    auto const place = index.place_of(fact.fact);
    if (place >= at->likely.size())
        return;
    set(fact, Evidence::chosen, std::max(0.0f, 1 + std::log(at->likely[place] + 1e-6f) / unlikely));
    fact.elsewhere = at->likely.back();
}

// What counts as a fact's own body: those named or, if none is, those implied.
void Ranker::find_own(Analysis const& analysis, Totals const& totals)
{
    own_.clear();
    for (auto const& slot : analysis.slots)
        if (slot.kind == Slot::Kind::entity && (slot.counts || totals.entities <= 0))
            own_.push_back(slot.entity);
}

// The evidence that is there before a fact is compared with its ways of asking; what is yet to come is 0.
std::array<float, evidences> Ranker::first_evidence(Snapshot const& snapshot, Analysis const& analysis, Totals const& totals, FactIndexId fact) const
{
    auto const& cell = cells_[fact];
    auto const& traits = snapshot.index.traits(fact);
    std::array<float, evidences> out{};
    auto const put = [&](Evidence which, float value) { out[static_cast<std::size_t>(which)] = value; };
    float const wish = totals.all - totals.entities;
    put(Evidence::wish, wish <= 0 ? 1 : (cell.matched - cell.entities) / wish);
    put(Evidence::exact, wish <= 0 ? 1 : cell.exact / wish);
    put(Evidence::entity, totals.entities <= 0 ? 1 : cell.entities / totals.entities);
    put(Evidence::context, totals.context <= 0 ? 0 : cell.context / totals.context);
    if (traits.property < property_.size()) {
        put(Evidence::property, property_[traits.property]);
        put(Evidence::keywords, keywords_[traits.property]);
    } else if (traits.is(FactTraits::is_faq)) {
        put(Evidence::property, totals.all <= 0 ? 0 : cell.matched / totals.all);  // until it is compared: see rank()
    }
    if (float const likely = embedded(snapshot, fact); likely != not_learned)
        put(Evidence::embedded, likely);
    put(Evidence::type, analysis.asks == 0 ? 0 : type_match(traits, analysis.asks));
    bool const own = traits.is(FactTraits::has_entity) && std::ranges::find(own_, traits.entity) != own_.end();
    put(Evidence::own, own ? 1 : 0);
    put(Evidence::seed, traits.is(FactTraits::seed) ? 1 : 0);
    put(Evidence::brief, traits.brief);
    return out;
}

RankedFact Ranker::first_look(Snapshot const& snapshot, Analysis const& analysis, Totals const& totals, FactIndexId fact) const
{
    auto const& cell = cells_[fact];
    RankedFact out;
    out.fact = fact;
    out.slots = cell.slots;
    out.stated = totals.all <= totals.entities ? 1 : cell.stated / (totals.all - totals.entities);
    out.foreign = property_.empty() ? 0 : property_.back();
    out.coverage = totals.all <= 0 ? 0 : cell.matched / totals.all;
    if (embedded(snapshot, fact) != not_learned)
        out.unanswered = std::max(least_unanswered, log_likelihoods_[intents::EmbeddingModel::none]);
    out.evidence = first_evidence(snapshot, analysis, totals, fact);
    out.score = weighed(out.evidence);
    return out;
}

void Ranker::rank(Snapshot const& snapshot, Analysis const& analysis, std::size_t limit, std::vector<RankedFact>& out)
{
    auto const& index = snapshot.index;
    auto const totals = gather(index, analysis);
    find_own(analysis, totals);
    mark_question(index, analysis);
    weigh_properties(snapshot, analysis);
    read_embeddings(snapshot, analysis);
    scores_.clear();
    chosen_.clear();
    for (FactIndexId const fact : touched_)
        scores_.push_back({weighed(first_evidence(snapshot, analysis, totals, fact)), fact});
    auto const before = [&](auto const& a, auto const& b) {
        if (a.score != b.score)
            return a.score > b.score;
        auto const& newer = index.facts()[a.fact].valid_from;
        auto const& older = index.facts()[b.fact].valid_from;
        return newer != older ? newer > older : a.fact < b.fact;
    };
    std::size_t const kept = std::min(std::max(looked_at, limit), scores_.size());
    std::ranges::partial_sort(scores_, scores_.begin() + static_cast<std::ptrdiff_t>(kept), before);
    out.clear();
    for (std::size_t i = 0; i < kept; ++i)
        out.push_back(first_look(snapshot, analysis, totals, scores_[i].fact));
    float best = -1e9f;
    for (auto& one : out) {
        if (one.score + most_by_likeness(one) < best - far_behind)
            continue;  // cannot become an answer, nor a rival of one
        auto alike = index.wordings().compare(one.fact, analysis.language, marks_);
        // Mixed questions, and meanings that only the other language's wordings have.
        if (alike.best < clearly_alike)
            if (auto const theirs = index.wordings().compare(one.fact, other(analysis.language), marks_, alike.best); theirs.best > alike.best)
                alike = theirs;
        set(one, Evidence::alike, alike.best);
        set(one, Evidence::alike_others, alike.several);
        set(one, Evidence::usual, alike.usual);
        set(one, Evidence::alike_words, alike.of_question);
        choose_among_own(index, one);
        if (embedded(snapshot, one.fact) == not_learned)
            set(one, Evidence::embedded, alike.best);
        // An entry of the FAQ is a wish of its own: the words that people use for it are those of its questions.
        bool const entry = index.facts()[one.fact].is_faq;
        if (entry)
            set(one, Evidence::property, alike.best);
        set(one, Evidence::suits, entry ? alike.of_question : suits(index, analysis, index.facts()[one.fact].property));
        one.score = weighed(one.evidence);
        best = std::max(best, one.score);
    }
    std::ranges::sort(out, before);
    out.resize(std::min(limit, out.size()));
}

}  // namespace immunobot::assistant
