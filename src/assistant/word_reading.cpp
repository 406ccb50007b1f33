// The words of a message as they are meant: glued ones taken apart, mistyped ones taken for known ones.
#include "assistant/analysis.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr std::size_t most_corrections = 40; // looked for in one question: each costs some microseconds
constexpr std::string_view vowels = "aeiouyh";

// "jveux", "jsuis": "je" and its verb typed as one word. The verb is one of those that wrap a question.
std::string_view without_glued_je(Vocabulary const& vocabulary, std::string_view word)
{
    constexpr std::size_t shortest = 4;
    if (word.size() < shortest || word[0] != 'j' || vowels.find(word[1]) != std::string_view::npos)
        return word;
    auto const* verb = vocabulary.find(word.substr(1));
    return verb != nullptr && (verb->classes[static_cast<std::size_t>(Language::fr)] & (function_word | filler)) != 0 ? word.substr(1) : word;
}

// "mexpliquer", "dimmunotherapie", "lipc": an elision typed without its apostrophe. Only of what is no word as it stands: after "d" and
// "l" a name or a French word of substance, after others a verb that wraps a question.
std::string_view without_glued_elision(Vocabulary const& vocabulary, std::string_view word)
{
    constexpr std::size_t shortest_name = 3;
    constexpr std::size_t shortest_word = 4;
    constexpr std::size_t shortest_verb = 5;
    constexpr std::string_view others = "mtsnjc";
    bool const of_names = word.starts_with('d') || word.starts_with('l');
    std::size_t const cut = word.starts_with("qu") ? 2 : 1;
    if (word.size() < shortest_name + cut || vowels.find(word[cut]) == std::string_view::npos || (cut == 1 && !of_names && others.find(word[0]) == std::string_view::npos))
        return word;
    auto const rest = word.substr(cut);
    auto const* known = vocabulary.find(rest);
    if (known == nullptr)
        return word;
    // Ways of asking have such words as well.
    auto const* whole = vocabulary.find(word);
    if (whole != nullptr && (whole->common || whole->name || !known->name))
        return word;
    auto const in_french = known->classes[static_cast<std::size_t>(Language::fr)];
    bool const is_name = of_names && known->name;
    bool const is_word = of_names && rest.size() >= shortest_word && known->is_of(Language::fr) && (in_french & function_word) == 0;
    bool const wraps = !of_names && rest.size() >= shortest_verb && (in_french & (filler | opens)) != 0;
    return is_name || is_word || wraps ? rest : word;
}

}  // namespace

void Analyser::read_words(Analysis& out, text::Stemmer& stemmer) const
{
    for (std::size_t i = 0; i < out.tokens.size(); ++i) {
        auto& word = out.words.emplace_back();
        word.folded = without_glued_je(snapshot_.vocabulary, out.tokens.word(i));
        word.token = static_cast<std::uint16_t>(i);
        if (auto const* known = snapshot_.vocabulary.find(word.folded))
            word.word = *known;
        else
            word.word = snapshot_.vocabulary.make(word.folded, stemmer);
    }
}

// In a French message. A word with capitals inside a sentence is somebody's name.
void Analyser::part_elisions(Analysis& out) const
{
    for (auto& word : out.words) {
        auto const& token = out.tokens.list[word.token];
        if (token.capital && !token.sentence_start)
            continue;
        auto const rest = without_glued_elision(snapshot_.vocabulary, word.folded);
        if (rest.size() == word.folded.size())
            continue;
        word.folded = std::string(rest);
        word.word = *snapshot_.vocabulary.find(word.folded);
    }
}

// Whether a word may be a typing error: it is not known as it stands, or only as a misspelling in the names of something
// that the question does not name.
bool Analyser::is_doubtful(Analysis const& out, std::size_t i) const
{
    auto const& word = out.words[i];
    auto const& token = out.tokens.list[i];
    if (word.word.common || (token.upper && word.folded.size() <= 5))
        return false;
    bool const linked = std::ranges::any_of(out.links, [&](Link const& link) { return i >= link.first && i < static_cast<std::size_t>(link.first) + link.count; });
    if (linked)
        return false;
    auto const* exact = snapshot_.vocabulary.find(word.folded);
    return exact == nullptr || (exact->name && exact->uses == 0 && exact->concepts.empty() && (exact->classes[0] | exact->classes[1]) == 0);
}

void Analyser::correct_words(std::string_view text, Analysis& out) const
{
    std::size_t left = most_corrections;
    for (std::size_t i = 0; i < out.words.size() && left > 0; ++i) {
        if (!is_doubtful(out, i))
            continue;
        --left;
        auto& word = out.words[i];
        auto const meant = snapshot_.vocabulary.correct(word.folded, out.language);
        auto const* known = meant.empty() ? nullptr : snapshot_.vocabulary.find(meant);
        // Another form of a known word is no error, unless it is nearly a name.
        if (known == nullptr || (word.word.known && !known->name))
            continue;
        auto const& token = out.tokens.list[i];
        out.corrections.push_back({std::string(text.substr(token.begin, token.end - token.begin)), std::string(meant)});
        word.folded = meant;
        word.corrected = true;
        word.word = *known;
    }
}

}  // namespace immunobot::assistant
