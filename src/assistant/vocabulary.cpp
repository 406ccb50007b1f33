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
    word.phrases = lexicon_->phrases_of(folded);
    std::uint8_t const common = lexicon_->common_languages(folded);
    word.common = common != 0;
    word.languages = static_cast<std::uint8_t>(word.languages | common);
}

Word& Vocabulary::add(std::string_view folded)
{
    auto const size = words_.size();
    auto& word = words_[folded];
    if (words_.size() == size)
        return word;
    word.known = true;
    std::string const en(stemmer_.stem(lexicon_->base(folded, Language::en), Language::en));
    std::string const fr(stemmer_.stem(lexicon_->base(folded, Language::fr), Language::fr));
    word.stem = {terms_.add(en), terms_.add(fr)};
    fill_classes(word, folded, en, fr);
    return word;
}

std::uint32_t Vocabulary::use_number(std::string_view folded, Language language)
{
    auto& word = add(folded);
    ++word.uses;
    word.languages = static_cast<std::uint8_t>(word.languages | 1u << static_cast<unsigned>(language));
    return static_cast<std::uint32_t>(&word - words_.values().data());
}

void Vocabulary::finish()
{
    constexpr std::uint32_t everywhere = intents::function_word | intents::filler | intents::home;
    std::vector<text::Spelling::Word> words;
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
        auto const& word = words_.values()[i];
        words.push_back({words_.word(i), 1.0f + static_cast<float>(word.uses) + (((word.classes[0] | word.classes[1]) & everywhere) != 0 ? often_typed : 0) + (word.name ? named_often : 0), word.stem[0], word.name ? std::uint8_t{0} : word.languages});
    }
    std::ranges::sort(words, {}, &text::Spelling::Word::text);
    spelling_.build(words);
}

Word Vocabulary::make(std::string_view folded, text::Stemmer& stemmer) const
{
    Word word;
    std::string const en(stemmer.stem(lexicon_->base(folded, Language::en), Language::en));
    std::string const fr(stemmer.stem(lexicon_->base(folded, Language::fr), Language::fr));
    static_assert(no_term == text::WordTable::none);
    word.stem = {terms_.find(en), terms_.find(fr)};
    word.known = word.stem[0] != no_term || word.stem[1] != no_term;
    fill_classes(word, folded, en, fr);
    return word;
}

}  // namespace immunobot::assistant
