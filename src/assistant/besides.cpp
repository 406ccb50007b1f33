#include "assistant/besides.hpp"

#include <algorithm>
#include <span>
#include <string_view>

namespace immunobot::assistant {
namespace {

using namespace intents;

bool has(Analysis const& message, AnalysedWord const& word, ClassBits bits)
{
    return (own_classes(word, message.language) & bits) != 0;
}

bool is_one_of(AnalysedWord const& word, std::span<std::string_view const> words)
{
    return std::ranges::find(words, word.folded) != words.end();
}

bool names_somebody(Snapshot const& snapshot, Analysis const& message)
{
    return std::ranges::any_of(message.links, [&](Link const& link) { return link.entity != snapshot.home; });
}

// "Est-ce que ...", "avez-vous ...".
bool phrase_asks(Snapshot const& snapshot, Analysis const& message, std::size_t at)
{
    return std::ranges::any_of(snapshot.vocabulary.lexicon().phrases_at(message.words[at].word.phrases), [&](Lexicon::Phrase const& phrase) {
        return ((message.language == Language::fr ? phrase.classes_fr : phrase.classes_en) & yes_no) != 0 && says_at(message, at, phrase);
    });
}

// "I want to know", "could you tell me", "j'aimerais savoir".
bool wants_to_know(Analysis const& message, std::size_t at)
{
    constexpr std::string_view verbs[] = {"know", "tell", "explain", "savoir", "connaitre", "dire", "expliquer"};
    auto const rest = std::span(message.words).subspan(at);
    auto const end = std::ranges::find_if_not(rest, [](AnalysedWord const& word) { return word.role == Role::filler; });
    return std::any_of(rest.begin(), end, [&](AnalysedWord const& word) { return is_one_of(word, verbs); });
}

// Whether the words from here on say something, and name whom they are about if those before name somebody. "The Foo Institute, is it a member?":
// what stands before is what the pronoun is about, where nobody was spoken of.
bool is_of_its_own(Snapshot const& snapshot, Analysis const& message, std::size_t from, bool begins)
{
    auto const rest = std::span(message.words).subspan(from);
    auto const any = [&](auto const& is) { return std::ranges::any_of(rest, is); };
    bool const somebody = names_somebody(snapshot, message);
    bool const named = std::ranges::any_of(message.links, [&](Link const& link) { return link.first >= from; }) || (!somebody && any([](AnalysedWord const& word) { return word.role == Role::home; }));
    bool const speaks = named || any([&](AnalysedWord const& word) { return is_content(word) && !has(message, word, light); });
    bool const points = any([&](AnalysedWord const& word) { return has(message, word, thing_pronoun | person_pronoun); });
    return speaks && (named || !somebody) && !(points && !somebody && begins);
}

}  // namespace

std::optional<OwnPart> without_introduction(Snapshot const& snapshot, Analysis const& message, bool begins)
{
    auto const& words = message.words;
    auto const opening = std::ranges::find_if(words, [](AnalysedWord const& word) { return word.role != Role::filler; });
    // Then it introduces nothing but another question.
    bool const asks_first = opening != words.end() && (has(message, *opening, yes_no) || phrase_asks(snapshot, message, static_cast<std::size_t>(opening - words.begin())));
    std::size_t last = 0;
    bool before = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        bool const starts = i > 0 && (words[i].role == Role::filler || message.tokens.list[i].after_comma) && before;
        if (starts && i + 3 < words.size() && (!asks_first || has(message, words[i], leading_question_words | yes_no)) && is_of_its_own(snapshot, message, i, begins))
            last = i;
        if (has(message, words[i], leading_question_words))
            break;   // what comes now is asked, not told
        before = before || is_content(words[i]);
    }
    if (last == 0)
        return std::nullopt;
    bool const names = std::ranges::any_of(message.links, [&](Link const& link) { return link.first >= last && link.entity != snapshot.home; });
    return OwnPart{message.tokens.list[last].begin, std::string_view::npos, names && wants_to_know(message, last), false};
}

std::optional<OwnPart> without_afterword(Snapshot const& snapshot, Analysis const& message)
{
    constexpr std::string_view first_person[] = {"i", "my", "me", "je", "j", "mon", "ma", "mes", "moi"};
    auto const& words = message.words;
    std::size_t end = 1;
    while (end < words.size() && !message.tokens.list[end].after_comma && !message.tokens.list[end].sentence_start)
        ++end;
    if (end >= words.size())
        return std::nullopt;
    auto const clause = std::span(words).first(end);
    auto const after = std::span(words).subspan(end);
    auto const asks = [&](AnalysedWord const& word) { return has(message, word, leading_question_words | asks_how); };
    bool const alone = names_somebody(snapshot, message) && std::ranges::all_of(message.links, [&](Link const& link) { return link.first < end; });
    if (!alone || std::ranges::none_of(clause, asks) || std::ranges::any_of(after, asks) || std::ranges::none_of(after, is_content))
        return std::nullopt;
    // Of the visitor: "need it for an exam".
    bool const own = after[0].role == Role::filler || std::ranges::any_of(after, [&](AnalysedWord const& word) { return is_one_of(word, first_person); });
    return OwnPart{0, message.tokens.list[end - 1].end, true, !own || message.tokens.question_mark};
}

}  // namespace immunobot::assistant
