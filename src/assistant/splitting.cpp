#include "assistant/splitting.hpp"

#include <algorithm>
#include <set>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr ClassBits question_words = asks_when | asks_where | asks_who | asks_how_many | asks_why | asks_which | asks_how | yes_no;
constexpr std::size_t most_ways = 3;
constexpr std::size_t longest_lead_in = 6;   // letters of a word before a question word: "in which year", "depuis quand"

bool joins(std::string_view text, Analysis const& whole, std::size_t token)
{
    auto const& before = whole.words[token - 1];
    if (before.folded == "and" || before.folded == "et" || whole.tokens.list[token].after_comma)
        return true;
    auto const begin = whole.tokens.list[token - 1].end;
    auto const between = text.substr(std::min<std::size_t>(begin, text.size()), whole.tokens.list[token].begin - begin);
    return between.find_first_of("+&/;") != std::string_view::npos;
}

// Whether the words from here to the end of the clause say nothing of their own, or begin with a pronoun; with a question word they say something if
// they name somebody: "c'est quoi un FOO".
bool leans_back(Analysis const& whole, std::size_t from, bool asks)
{
    if ((whole.words[from].word.classes[static_cast<std::size_t>(whole.language)] & pronoun) != 0)
        return true;
    for (std::size_t i = from; i < whole.words.size() && (i == from || !whole.tokens.list[i].sentence_start); ++i)
        if ((asks && whole.words[i].role == Role::entity) || (is_content(whole.words[i]) && (own_classes(whole.words[i], whole.language) & light) == 0))
            return false;
    return true;
}

// "Is it", "do you", "est-ce que", "y a-t-il": whether a question for yes or no begins here.
bool opens_yes_no(Analysis const& whole, std::size_t at)
{
    if (whole.words[at].asks_yes_no)
        return true;
    auto const side = static_cast<std::size_t>(whole.language);
    if ((whole.words[at].word.classes[side] & yes_no) == 0 || at + 2 >= whole.words.size())
        return false;
    auto const& next = whole.words[at + 1];
    return next.folded == "there" || (next.word.classes[side] & (pronoun | home)) != 0;
}

// "And it is where?", "et ça se trouve où": a pronoun begins, and the last word of the clause asks.
bool asks_at_its_end(Analysis const& whole, std::size_t at)
{
    auto const side = static_cast<std::size_t>(whole.language);
    auto const has = [&](std::size_t i, ClassBits bits) { return (whole.words[i].word.classes[side] & bits) != 0; };
    std::size_t const first = whole.words[at].folded == "and" || whole.words[at].folded == "et" ? at + 1 : at;
    if (first >= whole.words.size() || !has(first, pronoun | thing_pronoun | person_pronoun))
        return false;
    std::size_t last = first;
    while (last + 1 < whole.words.size() && !whole.tokens.list[last + 1].sentence_start)
        ++last;
    return last > first && has(last, question_words & ~ClassBits{yes_no | asks_which});
}

// Names one of those that were told.
bool is_ordinal(AnalysedWord const& word, std::size_t side)
{
    return (word.word.classes[side] & any_ordinal) != 0;
}

// Whether something is named both before and after.
bool names_again(Analysis const& whole, std::size_t cut)
{
    return std::ranges::any_of(whole.links, [&](Link const& first) {
        return first.first < cut && std::ranges::any_of(whole.links, [&](Link const& second) { return second.first >= cut && second.entity == first.entity; });
    });
}

// The intents that the words from one token to another are keywords of.
std::set<std::uint32_t> wanted_in(Analysis const& whole, std::size_t from, std::size_t to)
{
    std::set<std::uint32_t> out;
    for (auto const& hit : whole.hits)
        if ((hit.role == KeywordHit::Role::any || hit.role == KeywordHit::Role::must) && hit.first >= from && hit.first < to)
            out.insert(hit.intent);
    return out;
}

// Whether what is asked for before, and what after, are the keywords of different intents.
bool differ(Analysis const& whole, std::size_t cut)
{
    auto const before = wanted_in(whole, 0, cut);
    auto const after = wanted_in(whole, cut, whole.words.size());
    return !before.empty() && !after.empty() && std::ranges::none_of(before, [&](std::uint32_t intent) { return after.contains(intent); });
}

bool says_wish(AnalysedWord const& word, std::size_t side)
{
    return is_content(word) && !is_ordinal(word, side);
}

// The same, or a noun that asks for a number: "the headcount and the website".
bool names_wish(AnalysedWord const& word, std::size_t side)
{
    return says_wish(word, side) || (word.folded.size() > longest_lead_in && (word.word.classes[side] & (asks_how_many | money)) != 0);
}

std::vector<std::string_view> parts_of(std::string_view text, std::vector<std::size_t> const& cuts)
{
    std::vector<std::string_view> parts;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        std::size_t const end = i + 1 < cuts.size() ? cuts[i + 1] : text.size();
        parts.push_back(text.substr(cuts[i], end - cuts[i]));
    }
    return parts;
}

}  // namespace

std::vector<std::string_view> split_questions(std::string_view text, Analysis const& whole)
{
    std::vector<std::size_t> cuts{0};
    auto const side = static_cast<std::size_t>(whole.language);
    bool content = false;  // a wish before the cut; a name alone is one only before a full stop
    bool asked = false;    // ... that is put as a question
    bool named = false;
    for (std::size_t i = 1; i < whole.words.size(); ++i) {
        auto const& before = whole.words[i - 1];
        asked = asked || ((before.word.classes[side] & question_words) != 0 && (before.word.classes[side] & light) == 0);  // "its open day"
        content = content || asked || says_wish(before, side);
        named = named || is_ordinal(before, side) || before.role == Role::entity;
        auto const& token = whole.tokens.list[i];
        bool const joined = joins(text, whole, i);
        std::size_t next = i;
        while (next + 1 < whole.words.size() && whole.words[next].folded.size() <= longest_lead_in && (whole.words[next].word.classes[side] & question_words & ~ClassBits{yes_no}) == 0 &&
               whole.words[next].role == Role::function)
            ++next;  // "and in which year", "et a quelle date"
        bool const has_word = (whole.words[next].word.classes[side] & question_words & ~ClassBits{yes_no}) != 0;
        bool const asks = has_word || opens_yes_no(whole, i) || asks_at_its_end(whole, i);
        // "The metropolis, when was it created?": what is spoken of, then what is asked of it.
        bool const leans = !asked && token.after_comma && leans_back(whole, i, has_word);
        if ((content || (named && token.sentence_start)) && (token.sentence_start || (joined && asks && !leans))) {
            cuts.push_back(token.begin);
            content = named = asked = false;
        }
    }
    return parts_of(text, cuts);
}

bool hangs_on(std::string_view before, std::string_view part)
{
    auto const last = before.find_last_not_of(" \t\n\r");
    auto const first = part.substr(0, part.find_first_of(" \t\n\r"));
    auto const is = [&](std::string_view word) { return std::ranges::equal(first, word, {}, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }); };
    return last != std::string_view::npos && (before[last] == ',' || before[last] == ':') && !is("and") && !is("et");
}

std::string_view without_join(std::string_view part)
{
    text::Tokens tokens;
    text::tokenise(part, tokens);
    std::size_t const size = tokens.size();
    bool const joins = size > 1 && (tokens.word(size - 1) == "and" || tokens.word(size - 1) == "et");
    return joins ? part.substr(0, tokens.list[size - 2].end) : part;
}

std::vector<std::string_view> split_list(std::string_view text, Analysis const& whole)
{
    std::vector<std::size_t> tokens{0};
    for (std::size_t i = 1; i < whole.words.size(); ++i)
        if (joins(text, whole, i) && !(i == tokens.back() + 1 && (whole.words[i - 1].folded == "and" || whole.words[i - 1].folded == "et")))   // ", and" joins once
            tokens.push_back(i);
    if (tokens.size() > 1 && wanted_in(whole, 0, tokens[1]).empty())   // "FOO: ..."
        tokens.erase(tokens.begin() + 1);
    if (tokens.size() < 3)
        return {};
    std::vector<std::set<std::uint32_t>> wanted;
    std::vector<std::size_t> cuts;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        auto one = wanted_in(whole, tokens[k], k + 1 < tokens.size() ? tokens[k + 1] : whole.words.size());
        if (one.empty() || std::ranges::find(wanted, one) != wanted.end())
            return {};
        wanted.push_back(std::move(one));
        cuts.push_back(k == 0 ? 0 : whole.tokens.list[tokens[k]].begin);
    }
    return parts_of(text, cuts);
}

std::vector<Wishes> split_wishes(std::string_view text, Analysis const& whole)
{
    auto const side = static_cast<std::size_t>(whole.language);
    auto const wished = [&](std::size_t from, std::size_t to) {
        return std::any_of(whole.words.begin() + static_cast<std::ptrdiff_t>(from), whole.words.begin() + static_cast<std::ptrdiff_t>(to),
                           [&](AnalysedWord const& word) { return names_wish(word, side); });
    };
    std::vector<Wishes> out;
    for (std::size_t i = whole.words.size(); i-- > 2 && out.size() < most_ways;) {
        if (!joins(text, whole, i))
            continue;
        std::size_t next = i;
        while (next + 1 < whole.words.size() && whole.words[next].role == Role::function && !names_wish(whole.words[next], side))
            ++next;  // "and its phone number"
        bool const begins = is_content(whole.words[next]) || names_wish(whole.words[next], side) || (whole.words[next].role == Role::entity && wished(next, whole.words.size()));
        if (begins && wished(0, i))
            out.push_back({parts_of(text, {0, whole.tokens.list[i].begin}), names_again(whole, i), differ(whole, i)});
    }
    return out;
}

}  // namespace immunobot::assistant
