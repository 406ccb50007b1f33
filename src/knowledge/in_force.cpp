#include "knowledge/in_force.hpp"

#include <algorithm>

namespace immunobot::knowledge {
namespace {

constexpr std::size_t of_a_year = 4;   // characters of a date that is only a year

// Whether not to be told: it is over, and says so nowhere.
bool is_silent(Knowledge const& all, std::string_view valid_to, LocalText const& text, Date const& today)
{
    return all.silent_when_over && is_over(valid_to, today) && !tells_end(valid_to, text);
}

bool ends_before(std::string const& a, std::string const& b)
{
    auto const one = parse_date(a), other = parse_date(b);
    return one && (!other || last_day(*one) < last_day(*other));
}

}  // namespace

bool is_to_come(std::string_view valid_from, Date const& today)
{
    auto const begin = parse_date(valid_from);
    return begin && *begin > today;
}

bool tells_end(std::string_view valid_to, std::string_view text)
{
    return valid_to.size() == of_a_year && text.find(valid_to) != std::string_view::npos;
}

bool tells_end(std::string_view valid_to, LocalText const& text)
{
    return tells_end(valid_to, text.en) && tells_end(valid_to, text.fr);
}

Term term_of(FaqEntry const& entry, FactOf const& fact_of)
{
    Term term;
    auto const end = [&](std::string const& valid_to, LocalText const& text) {
        if (!tells_end(valid_to, text) && ends_before(valid_to, term.valid_to))
            term.valid_to = valid_to;
    };
    end(entry.valid_to, entry.answer);
    for (auto const language : {Language::en, Language::fr})
        for (auto const id : facts_named_in(entry.answer.in(language)))
            if (auto const* fact = fact_of(id)) {
                term.valid_from = std::max(term.valid_from, fact->valid_from);
                end(fact->valid_to, fact->text);
            }
    return term;
}

std::shared_ptr<Knowledge const> told_on(std::shared_ptr<Knowledge const> knowledge, Date const& today)
{
    auto const& all = *knowledge;
    FactsById const fact_of(all.facts);
    auto const hidden_fact = [&](Fact const& fact) { return is_to_come(fact.valid_from, today) || is_silent(all, fact.valid_to, fact.text, today); };
    auto const hidden_entry = [&](FaqEntry const& entry) {
        auto const term = term_of(entry, fact_of);
        return is_to_come(term.valid_from, today) || (all.silent_when_over && is_over(term.valid_to, today));
    };
    if (std::ranges::none_of(all.facts, hidden_fact) && std::ranges::none_of(all.faq, hidden_entry))
        return knowledge;
    auto out = std::make_shared<Knowledge>(all);
    std::erase_if(out->faq, hidden_entry);
    std::erase_if(out->facts, hidden_fact);
    return out;
}

}  // namespace immunobot::knowledge
