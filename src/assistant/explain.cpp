#include "assistant/explain.hpp"

#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr std::size_t shown_candidates = 6;

std::string_view name(Role role)
{
    constexpr std::string_view names[] = {"function", "filler", "home", "pronoun", "entity", "content", "unknown", "number"};
    return names[static_cast<std::size_t>(role)];
}

std::string titled(intents::Intent const& intent)
{
    return intent.id + " (" + intent.title.en + ")";
}

std::string note(AnalysedWord const& word, Analysis const& analysis, Snapshot const& snapshot)
{
    std::string out;
    auto const add = [&](std::string const& text) {
        if (out.find(text) == std::string::npos)
            out += (out.empty() ? "" : ", ") + text;
    };
    for (auto const& link : analysis.links)
        if (word.token >= link.first && word.token < link.first + link.count)
            add(snapshot.entities[link.entity].id);
    std::size_t keywords = 0;
    for (auto const& hit : analysis.hits)
        if (word.token >= hit.first && word.token < hit.first + hit.count && hit.role != intents::KeywordHit::Role::never)
            if (++keywords <= 3)
                add("keyword of " + snapshot.intents->matcher->intents()[hit.intent].id);
    std::size_t shown = 0;
    for (auto const id : word.word.concepts)
        if (word.role == Role::content && ++shown <= 2)
            add("like \"" + snapshot.vocabulary.lexicon().concept_name(id) + "\"");
    if (word.corrected)
        add("corrected");
    return out;
}

void add_words(Explanation& out, Analysis const& analysis, Snapshot const& snapshot, std::string_view text)
{
    for (auto const& word : analysis.words) {
        auto const& token = analysis.tokens.list[word.token];
        Explanation::Word shown;
        shown.word = token.end <= text.size() ? std::string(text.substr(token.begin, token.end - token.begin)) : word.folded;
        shown.role = name(word.role);
        shown.note = note(word, analysis, snapshot);
        for (auto const& slot : analysis.slots)
            if (slot.kind == Slot::Kind::word && slot.text == word.folded)
                shown.weight = static_cast<double>(slot.weight);
        out.words.push_back(std::move(shown));
        out.normalised += (out.normalised.empty() ? "" : " ") + word.folded;
    }
}

std::string reason(RankedFact const& fact, PartDecision const& part, Snapshot const& snapshot)
{
    std::string accounted;
    std::string missing;
    for (std::size_t i = 0; i < part.analysis.slots.size() && i < 64; ++i) {
        auto const& slot = part.analysis.slots[i];
        auto& list = (fact.slots >> i & 1u) != 0 ? accounted : missing;
        if (slot.counts || &list == &accounted)
            list += (list.empty() ? "" : " ") + slot.text;
    }
    bool const said = std::ranges::find(part.chosen, fact.fact) != part.chosen.end();
    std::string const property = snapshot.index.facts()[fact.fact].is_faq ? "faq" : snapshot.index.property_name(snapshot.index.facts()[fact.fact].property);
    auto const share = [&](char const* name, Evidence which) { return std::string(name) + std::to_string(fact.of(which)).substr(0, 4); };
    std::string const evidence = share("; words ", Evidence::wish) + share(", wordings ", Evidence::alike) + share(", property ", Evidence::property);
    return (said ? "said; " : "") + property + "; accounts for: " + (accounted.empty() ? "nothing" : accounted) + (missing.empty() ? "" : "; not for: " + missing) + evidence;
}

}  // namespace

std::unique_ptr<Explanation> explain(std::string_view text, Decision const& decision, Snapshot const& snapshot)
{
    auto out = std::make_unique<Explanation>();
    auto const& intents = snapshot.intents->matcher->intents();
    if (decision.fixed != PartDecision::none_intent)
        out->steps.push_back("fixed reply of the intent " + titled(intents[decision.fixed]));
    if (decision.parts.size() > 1)
        out->steps.push_back("split into " + std::to_string(decision.parts.size()) + " questions");
    for (auto const& part : decision.parts) {
        if (out->language_reason.empty())
            out->language_reason = std::string(code(part.analysis.language)) + ", by " + part.analysis.language_reason;
        add_words(*out, part.analysis, snapshot, decision.parts.size() == 1 && part.asked == text::trimmed(text) ? text : std::string_view{});
        for (auto const& link : part.analysis.links)
            out->entities.push_back(snapshot.entities[link.entity].id);
        for (auto const& score : part.analysis.scores)
            if (out->steps.size() < 8)
                out->steps.push_back("intent " + titled(intents[score.intent]) + " by its keywords: " + std::to_string(score.score).substr(0, 4));
        out->steps.insert(out->steps.end(), part.steps.begin(), part.steps.end());
        if (!part.ranked.empty())
            out->coverage = static_cast<double>(part.ranked[0].coverage);
        for (std::size_t i = 0; i < part.ranked.size() && i < shown_candidates; ++i) {
            auto const& ranked = part.ranked[i];
            out->candidates.push_back({snapshot.index.facts()[ranked.fact].id, static_cast<double>(ranked.score),
                                       static_cast<double>(ranked.coverage), reason(ranked, part, snapshot)});
        }
    }
    return out;
}

}  // namespace immunobot::assistant
