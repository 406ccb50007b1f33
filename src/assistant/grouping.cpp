#include "assistant/grouping.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

// Calibrated on questions written for the purpose; see docs/understanding.md.
constexpr float same_statement = 2.5f;     // a fact of the same property this close to the best is told with it
constexpr float of_one_kind = 6.0f;        // ... or this close where all are asked for
constexpr float nearly_equal = 0.5f;       // whatever words it accounts for
constexpr float same_body = 1.0f;          // so is any fact of the same body this close to it,
constexpr float same_body_doubtful = 3.5f; // or this close where the best is not quite sure
constexpr float likely_too = 0.2f;         // Evidence::chosen of a fact that is told beside the best of another property
constexpr float likely_property = 0.1f;    // Evidence::property of it
constexpr std::size_t most_listed = 12;

// Further statements of the same, and what is nearly as likely about the same body.
bool belongs(FactIndex const& index, RankedFact const& best, RankedFact const& other, Together how)
{
    auto const& a = index.facts()[best.fact];
    auto const& b = index.facts()[other.fact];
    if (a.is_faq || b.is_faq || a.entity != b.entity)
        return false;
    if (a.property != b.property)
        return other.of(Evidence::chosen) >= likely_too && other.of(Evidence::property) >= likely_property && other.score >= best.score - (how.doubtful ? same_body_doubtful : same_body);
    // Of several lists, those of what was asked for; of what makes up a list, all.
    bool const lists = a.list_value && b.list_value;
    if (lists && other.stated < best.stated)
        return false;
    bool const near = other.score >= best.score - same_statement;
    if (how.all && a.list_value == b.list_value)
        return near || (!lists && other.score >= best.score - of_one_kind);
    return (!lists && other.score >= best.score - nearly_equal) || (near && (other.slots & best.slots) == best.slots);
}

}  // namespace

std::vector<std::size_t> told_together(FactIndex const& index, std::vector<RankedFact> const& ranked, Together how)
{
    std::vector<std::size_t> out{0};
    std::size_t const most = how.alone ? 1 : how.all ? most_listed : most_told;
    bool another_told = false;   // of another property: one is enough
    for (std::size_t i = 1; i < ranked.size() && out.size() < most; ++i) {
        bool const another = index.facts()[ranked[i].fact].property != index.facts()[ranked[0].fact].property;
        if ((another && (another_told || how.of_one_property)) || !belongs(index, ranked[0], ranked[i], how))
            continue;
        out.push_back(i);
        another_told = another_told || another;
    }
    return out;
}

bool tell_the_same(FactFeatures const& a, FactFeatures const& b)
{
    if (a.is_faq == b.is_faq)
        return false;
    auto const& entry = a.is_faq ? a : b;
    auto const& fact = a.is_faq ? b : a;
    auto const is_in = [](auto const& all) { return [&all](auto const& one) { return std::ranges::find(all, one) != all.end(); }; };
    if (!(entry.has_entity && entry.entity == fact.entity) && !is_in(entry.mentioned)(fact.entity))
        return false;
    if (!fact.value_entities.empty())
        return std::ranges::all_of(fact.value_entities, is_in(entry.mentioned));
    return !fact.numbers.empty() && std::ranges::all_of(fact.numbers, is_in(entry.numbers));
}

}  // namespace immunobot::assistant
