#include "assistant/vocabulary.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

// How often a typed word is one of these, in uses of an ordinary word.
constexpr float often_typed = 100;  // "what", "le"
constexpr float named_often = 20;   // part of a name

}  // namespace

Vocabulary::Vocabulary(std::shared_ptr<intents::Lexicon const> lexicon) : lexicon_(std::move(lexicon))
{
    for (auto const& word : lexicon_->all_words())
        add(word);
}

TermId Vocabulary::intern(std::string_view stem)
{
    auto const at = term_ids_.find(stem);
    if (at != term_ids_.end())
        return at->second;
    auto const id = static_cast<TermId>(stems_.size());
    stems_.emplace_back(stem);
    term_ids_.emplace(std::string(stem), id);
    return id;
}

void Vocabulary::fill_classes(Word& word, std::string_view folded, std::string_view stem_en, std::string_view stem_fr) const
{
    auto const merge = [&](std::vector<intents::ConceptId> const& more) {
        for (auto const id : more)
            if (std::ranges::find(word.concepts, id) == word.concepts.end())
                word.concepts.push_back(id);
    };
    if (auto const* info = lexicon_->word(folded)) {
        word.classes = {info->classes_en, info->classes_fr};
        word.languages = static_cast<std::uint8_t>(word.languages | info->languages);
        merge(info->concepts);
    }
    if (word.concepts.empty()) {
        merge(lexicon_->concepts_of_stem(stem_en));
        merge(lexicon_->concepts_of_stem(stem_fr));
    }
    std::uint8_t const common = lexicon_->common_languages(folded);
    word.common = common != 0;
    word.languages = static_cast<std::uint8_t>(word.languages | common);
}

Word& Vocabulary::add(std::string_view folded)
{
    auto const at = words_.find(folded);
    if (at != words_.end())
        return at->second;
    Word word;
    word.known = true;
    std::string const en(stemmer_.stem(lexicon_->base(folded, Language::en), Language::en));
    std::string const fr(stemmer_.stem(lexicon_->base(folded, Language::fr), Language::fr));
    word.stem = {intern(en), intern(fr)};
    fill_classes(word, folded, en, fr);
    return words_.emplace(std::string(folded), std::move(word)).first->second;
}

Word& Vocabulary::use(std::string_view folded, Language language)
{
    auto& word = add(folded);
    ++word.uses;
    word.languages = static_cast<std::uint8_t>(word.languages | 1u << static_cast<unsigned>(language));
    return word;
}

void Vocabulary::finish()
{
    constexpr std::uint32_t everywhere = intents::function_word | intents::filler | intents::home;
    std::vector<text::Spelling::Word> words;
    for (auto const& [text, word] : words_)
        words.push_back({text, 1.0f + static_cast<float>(word.uses) + (((word.classes[0] | word.classes[1]) & everywhere) != 0 ? often_typed : 0) + (word.name ? named_often : 0), word.stem[0], word.name ? std::uint8_t{0} : word.languages});
    std::ranges::sort(words, {}, &text::Spelling::Word::text);
    spelling_.build(std::move(words));
}

Word const* Vocabulary::find(std::string_view folded) const
{
    auto const at = words_.find(folded);
    return at == words_.end() ? nullptr : &at->second;
}

Word Vocabulary::make(std::string_view folded, text::Stemmer& stemmer) const
{
    Word word;
    std::string const en(stemmer.stem(lexicon_->base(folded, Language::en), Language::en));
    std::string const fr(stemmer.stem(lexicon_->base(folded, Language::fr), Language::fr));
    auto const id = [&](std::string const& stem) {
        auto const at = term_ids_.find(stem);
        return at == term_ids_.end() ? no_term : at->second;
    };
    word.stem = {id(en), id(fr)};
    word.known = word.stem[0] != no_term || word.stem[1] != no_term;
    fill_classes(word, folded, en, fr);
    return word;
}

}  // namespace immunobot::assistant
