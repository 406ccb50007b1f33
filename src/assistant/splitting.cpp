#include "assistant/splitting.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr std::uint32_t question_words = asks_when | asks_where | asks_who | asks_how_many | asks_why | asks_which | asks_how | yes_no;
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

// Whether the words from here to the end of the clause say nothing of their own, or begin with a pronoun.
bool leans_back(Analysis const& whole, std::size_t from)
{
    if ((whole.words[from].word.classes[static_cast<std::size_t>(whole.language)] & pronoun) != 0)
        return true;
    for (std::size_t i = from; i < whole.words.size() && (i == from || !whole.tokens.list[i].sentence_start); ++i)
        if (is_content(whole.words[i]) && (own_classes(whole.words[i], whole.language) & light) == 0)
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

// Names one of those that were told.
bool is_ordinal(AnalysedWord const& word, std::size_t side)
{
    return (word.word.classes[side] & any_ordinal) != 0;
}

bool says_wish(AnalysedWord const& word, std::size_t side)
{
    return is_content(word) && !is_ordinal(word, side);
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
        while (next + 1 < whole.words.size() && whole.words[next].folded.size() <= longest_lead_in && (whole.words[next].word.classes[side] & question_words) == 0 &&
               whole.words[next].role == Role::function)
            ++next;  // "and in which year", "et a quelle date"
        bool const asks = (whole.words[next].word.classes[side] & question_words & ~std::uint32_t{yes_no}) != 0 || opens_yes_no(whole, i);
        // "The metropolis, when was it created?": what is spoken of, then what is asked of it.
        bool const leans = !asked && token.after_comma && leans_back(whole, i);
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

std::vector<std::string_view> split_wishes(std::string_view text, Analysis const& whole)
{
    auto const side = static_cast<std::size_t>(whole.language);
    auto const wished = [&](AnalysedWord const& word) { return says_wish(word, side); };
    for (std::size_t i = whole.words.size(); i-- > 2;) {
        if (!joins(text, whole, i))
            continue;
        std::size_t next = i;
        while (next + 1 < whole.words.size() && whole.words[next].role == Role::function)
            ++next;  // "and its phone number"
        if (is_content(whole.words[next]) && std::any_of(whole.words.begin(), whole.words.begin() + static_cast<std::ptrdiff_t>(i), wished))
            return parts_of(text, {0, whole.tokens.list[i].begin});
    }
    return {text};
}

}  // namespace immunobot::assistant
