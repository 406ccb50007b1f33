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

// "mexpliquer", "dimmunotherapie", "lipc": an elision typed without its apostrophe. Only of what is no word as it stands,
// before a French word or a name.
std::string_view without_glued_elision(Vocabulary const& vocabulary, std::string_view word)
{
    constexpr std::size_t shortest = 3;
    constexpr std::string_view elided = "dlmtsnjc";
    std::size_t const cut = word.starts_with("qu") ? 2 : 1;
    if (word.size() < shortest + cut || vowels.find(word[cut]) == std::string_view::npos || (cut == 1 && elided.find(word[0]) == std::string_view::npos))
        return word;
    auto const* rest = vocabulary.find(word.substr(cut));
    if (rest == nullptr)
        return word;
    // Ways of asking have such words as well.
    auto const* whole = vocabulary.find(word);
    bool const is_word = whole != nullptr && (whole->common || whole->name || !rest->name);
    return !is_word && (rest->is_of(Language::fr) || rest->name) ? word.substr(cut) : word;
}

}  // namespace

void Analyser::read_words(Analysis& out, text::Stemmer& stemmer) const
{
    for (std::size_t i = 0; i < out.tokens.size(); ++i) {
        auto& word = out.words.emplace_back();
        word.folded = without_glued_elision(snapshot_.vocabulary, without_glued_je(snapshot_.vocabulary, out.tokens.word(i)));
        word.token = static_cast<std::uint16_t>(i);
        if (auto const* known = snapshot_.vocabulary.find(word.folded))
            word.word = *known;
        else
            word.word = snapshot_.vocabulary.make(word.folded, stemmer);
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
