#include "knowledge/fragments.hpp"

#include "text/trim.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

namespace immunobot::knowledge {
namespace {

constexpr std::string_view opening = "{{";
constexpr std::string_view closing = "}}";

struct Fragment {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view fact = {};
};

std::optional<Fragment> next_fragment(std::string_view text, std::size_t from)
{
    while (true) {
        auto const begin = text.find(opening, from);
        auto const end = begin == std::string_view::npos ? begin : text.find(closing, begin);
        if (end == std::string_view::npos)
            return std::nullopt;
        auto const id = text::trimmed(text.substr(begin + opening.size(), end - begin - opening.size()));
        if (is_fact_id(id))
            return Fragment{begin, end + closing.size(), id};
        auto const inner = text.rfind(opening, end);   // "{{a {{lab.founded.1}}"
        from = inner > begin ? inner : begin + opening.size();
    }
}

}  // namespace

bool is_fact_id(std::string_view text)
{
    auto const last = text.rfind('.');
    if (last == std::string_view::npos || last + 1 == text.size())
        return false;
    auto const stem = text.substr(0, last);
    auto const dot = stem.find('.');
    auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; };
    return dot != std::string_view::npos && dot > 0 && dot + 1 < stem.size() && std::ranges::all_of(stem, fits) && std::ranges::all_of(text.substr(last + 1), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> facts_named_in(std::string_view text)
{
    std::vector<std::string_view> out;
    std::unordered_set<std::string_view> known;
    for (auto found = next_fragment(text, 0); found; found = next_fragment(text, found->end))
        if (known.insert(found->fact).second)
            out.push_back(found->fact);
    return out;
}

std::size_t fragments_in(std::string_view text)
{
    std::size_t count = 0;
    for (auto found = next_fragment(text, 0); found; found = next_fragment(text, found->end))
        ++count;
    return count;
}

bool names_fact(LocalText const& answer, std::string_view fact)
{
    return std::ranges::any_of(std::initializer_list<std::string_view>{answer.en, answer.fr}, [&](std::string_view text) {
        auto const named = facts_named_in(text);
        return std::ranges::find(named, fact) != named.end();
    });
}

std::string with_facts(std::string_view text, Language language, FactOf const& fact_of)
{
    std::string out;
    std::size_t at = 0;
    for (auto found = next_fragment(text, 0); found; found = next_fragment(text, found->end)) {
        auto const* fact = fact_of(found->fact);
        out.append(text.substr(at, found->begin - at)).append(fact ? std::string_view(fact->text.in(language)) : text.substr(found->begin, found->end - found->begin));
        at = found->end;
    }
    return out.append(text.substr(at));
}

LocalText with_facts(LocalText const& answer, FactOf const& fact_of)
{
    return {with_facts(answer.en, Language::en, fact_of), with_facts(answer.fr, Language::fr, fact_of)};
}

FactsById::FactsById(std::vector<Fact> const& facts)
{
    auto by_id = std::make_shared<std::unordered_map<std::string_view, Fact const*>>();
    by_id->reserve(facts.size());
    for (auto const& fact : facts)
        by_id->emplace(fact.id, &fact);
    facts_ = std::move(by_id);
}

Fact const* FactsById::operator()(std::string_view id) const
{
    auto const found = facts_->find(id);
    return found == facts_->end() ? nullptr : found->second;
}

}  // namespace immunobot::knowledge
