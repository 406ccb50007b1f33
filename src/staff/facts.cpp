#include "staff/facts.hpp"

#include "knowledge/breaches.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/sha256.hpp"
#include "knowledge/unicode.hpp"
#include "staff/tidy.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

using knowledge::Fact;
using knowledge::Knowledge;
using knowledge::Source;

constexpr std::size_t longest_value = 500;
constexpr std::size_t code_digits = 6;

Error unfit(std::string why, std::string hint = {})
{
    return {Errc::bad_request, std::move(why), std::move(hint)};
}

// "ciml.leader", "CIML.leader", "ciml.leader.2"
Result<Fact const*> find_fact(Knowledge const& all, std::string const& name, Date const& today)
{
    std::vector<Fact const*> fits;
    auto const wanted = text::fold(name);
    for (auto const& fact : all.facts) {
        if (fact.id == wanted)
            return &fact;
        if (fact.entity + '.' + fact.property == wanted && !is_over(fact.valid_to, today))
            fits.push_back(&fact);
    }
    if (fits.empty())
        return Error{Errc::not_found, "there is no fact " + name, "look for it: fact and some words"};
    if (fits.size() == 1)
        return fits[0];
    std::string ids;
    for (auto const* fact : fits)
        ids += (ids.empty() ? "" : ", ") + fact->id;
    return Error{Errc::conflict, "several facts are called " + name, "say which: " + ids};
}

// Letters of other scripts than Latin's plain ones are parts of words, whatever they are.
bool continues_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Empty unless the old value stands in the sentence exactly once, as words of its own.
std::string with_value(std::string const& sentence, std::string const& old, std::string const& value)
{
    auto const at = old.empty() ? std::string::npos : sentence.find(old);
    if (at == std::string::npos || sentence.find(old, at + 1) != std::string::npos)
        return {};
    bool const begins = at == 0 || !continues_word(sentence[at - 1]);
    bool const ends = at + old.size() == sentence.size() || !continues_word(sentence[at + old.size()]);
    if (!begins || !ends)
        return {};
    auto out = sentence;
    return out.replace(at, old.size(), value);
}

// The id of the source; one that is not there yet goes to `fresh`.
Result<std::string> source_of(Knowledge const& all, std::string const& said, Date const& today, std::optional<Source>& fresh)
{
    auto const known = [&](auto const& field, std::string const& text) { return std::ranges::find(all.sources, text, field); };
    if (auto const found = known(&Source::id, said); found != all.sources.end())
        return found->id;
    auto const day = to_string(today);
    if (said.empty()) {
        std::string const house = all.entities.empty() ? std::string("The staff") : all.entities[0].name.fr;
        std::string const desk(knowledge::desk_source);
        if (known(&Source::id, desk) == all.sources.end())
            fresh = Source{desk, house, house, {}, {}, day};
        return desk;
    }
    if (!said.starts_with("https://") && !said.starts_with("http://"))
        return unfit("there is no source " + said, "give the id of a source, or the address of a page");
    if (auto const found = known(&Source::url, said); found != all.sources.end())
        return found->id;
    auto const begin = said.find("://") + 3;
    std::string const host(said.substr(begin, said.find_first_of("/?#:", begin) - begin));
    std::string stem;
    for (char const c : text::fold(host))
        stem += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
    auto id = stem;
    for (int number = 2; known(&Source::id, id) != all.sources.end(); ++number)
        id = stem + '-' + std::to_string(number);
    fresh = Source{id, host, host, said, {}, day};
    return id;
}

// The next free number of the same kind.
std::string next_id(Knowledge const& all, Fact const& fact)
{
    for (int number = 1;; ++number) {
        auto id = fact.entity + '.' + fact.property + '.' + std::to_string(number);
        if (std::ranges::find(all.facts, id, &Fact::id) == all.facts.end())
            return id;
    }
}

Result<> check(Fact const& fact)
{
    for (auto const* text : {&fact.value, &fact.text.en, &fact.text.fr})
        if (knowledge::find_invisible(*text) != std::string_view::npos || knowledge::find_mixed_script(*text) != std::string_view::npos)
            return unfit("there are letters in it that cannot be seen, or of several scripts");
    for (auto const* text : {&fact.text.en, &fact.text.fr})
        if (text::length(*text) > longest_answer_text)
            return unfit("a sentence is too long");
    if (fact.value.empty() || text::length(fact.value) > longest_value)
        return unfit("the value is empty or too long");
    return {};
}

// As it will be said: also what is to come later takes the place of what is said now.
void put(Knowledge& all, FactProposal const& proposal)
{
    if (proposal.source)
        all.sources.push_back(*proposal.source);
    auto fact = proposal.after;
    fact.id = proposal.before.id;
    *std::ranges::find(all.facts, fact.id, &Fact::id) = fact;
}

// Of a month or a year: of its first day.
Date day_before(Date date)
{
    date.month = std::max(date.month, 1);
    date.day = std::max(date.day, 1);
    if (--date.day > 0)
        return date;
    if (--date.month == 0)
        return {date.year - 1, 12, 31};
    return last_day({date.year, date.month, 0});
}

std::string code_of(std::vector<knowledge::FactChange> const& changes)
{
    std::string all;
    for (auto const& change : changes)
        all += std::to_string(change.revision) + to_json(change.fact) + '\n';
    return knowledge::sha256_hex(all).substr(0, code_digits);
}

}  // namespace

Result<FactWish> parse_fact_wish(std::string_view line)
{
    auto const equals = line.find('=');
    if (equals == std::string_view::npos)
        return unfit("ENTITY.FIELD = VALUE; SOURCE; DATE", "for example: fact set ciml.leader = Ada Lovelace; ciml-site; 2026-11-25");
    std::vector<std::string> parts;
    for (auto rest = line.substr(equals + 1);;) {
        auto const end = rest.find(';');
        parts.push_back(tidy(rest.substr(0, end)));
        if (end == std::string_view::npos)
            break;
        rest.remove_prefix(end + 1);
    }
    if (parts.size() != 3 && parts.size() != 5)
        return unfit("a value, a source and a date, with ';' between; then, if wanted, the sentences in French and in English");
    FactWish wish{tidy(line.substr(0, equals)), parts[0], parts[1], parts[2], {}};
    if (parts.size() == 5)
        wish.text = {parts[4], parts[3]};
    if (wish.name.empty() || wish.value.empty())
        return unfit("the name or the value is missing");
    if (!wish.date.empty() && !parse_date(wish.date))
        return unfit("'" + wish.date + "' is no day", "YYYY-MM-DD");
    return wish;
}

Result<FactProposal> Facts::propose(FactWish const& wish, Date const& today)
{
    auto all = answers_.knowledge();
    if (!all)
        return all.error();
    auto const found = find_fact(*all, wish.name, today);
    if (!found)
        return found.error();
    FactProposal out;
    out.before = **found;
    out.after = out.before;
    out.after.value = wish.value;
    bool const written = !wish.text.en.empty() && !wish.text.fr.empty();
    for (auto const language : {Language::en, Language::fr})
        out.after.text.in(language) = written ? wish.text.in(language) : with_value(out.before.text.in(language), out.before.value, wish.value);
    if (out.after.text.en.empty() || out.after.text.fr.empty())
        return unfit("the value does not stand in the sentences as it is", "add both sentences: ...; DATE; SENTENCE_FR; SENTENCE_EN\nFR: " + out.before.text.fr + "\nEN: " + out.before.text.en);
    auto const source = source_of(*all, wish.source, today, out.source);
    if (!source)
        return source.error();
    out.after.source = *source;
    auto const from = parse_date(wish.date);
    out.scheduled = from && *from > today;
    out.after.valid_to.clear();
    out.after.valid_from = wish.date.empty() ? to_string(today) : wish.date;
    if (auto const sound = check(out.after); !sound)
        return sound.error();
    auto const row = store_.with([&](auto& store) { return store.fact(out.before.id); });
    if (!row)
        return row.error();
    if (!*row || !((*row)->fact == out.before))
        return Error{Errc::conflict, "somebody else has just changed this fact", "try again"};
    if (out.scheduled) {
        out.after.valid_from = to_string(Date{from->year, std::max(from->month, 1), std::max(from->day, 1)});   // the day after the former ends
        out.after.id = next_id(*all, out.before);
        out.changes.push_back({out.after, 0, out.before.id});
        auto before = out.before;
        before.valid_to = to_string(day_before(*from));
        out.changes.push_back({std::move(before), (*row)->revision, {}});
    } else {
        out.changes.push_back({out.after, (*row)->revision, {}});
    }
    out.code = code_of(out.changes);
    auto const hidden = answers_.hidden();
    if (!hidden)
        return hidden.error();
    auto const now = *all;
    put(*all, out);
    if (auto const broken = knowledge::new_breaches(now, *all, *hidden); !broken.empty())
        return unfit(in_one_line(broken[0]), broken[0].what.hint);
    auto regression = answers_.rehearse(*all, out.before.id);
    if (!regression)
        return regression.error();
    out.regression = std::move(*regression);
    return out;
}

Result<std::int64_t> Facts::carry_out(Person const& by, FactProposal const& proposal)
{
    if (auto const alone = reason_alone(store_, by, Alone::no, {}); !alone)
        return alone.error();
    knowledge::Act const act{by.email, by.origin, proposal.scheduled ? "fact.schedule" : "fact.set", proposal.after.id, to_json(proposal.before), to_json(proposal.after)};
    return bot_.publish([&] { return store_.with([&](auto& store) { return store.set_facts(proposal.changes, proposal.source, "fact set", act); }); });
}

}  // namespace immunobot::staff
