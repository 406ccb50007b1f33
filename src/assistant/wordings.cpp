#include "assistant/wordings.hpp"

#include <algorithm>
#include <cmath>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr float entity_weight = 2.0f;    // of a name in a wording: the candidates share it anyway
constexpr float class_weight = 1.0f;     // of a question word ("when", "who")
constexpr float least_weight = 0.4f;
constexpr float share_of_question = 2.0f;
// Words that carry no wish of their own.
constexpr std::uint32_t silent = function_word | filler | asks_when | asks_where | asks_who | asks_how_many | asks_which | WordClass::home;
constexpr std::uint32_t asking = asks_when | asks_where | asks_who | asks_how_many | asks_why | list_all | money;

}  // namespace

void Wordings::Marks::begin(std::size_t codes)
{
    if (marks_.size() < codes)
        marks_.resize(codes);
    for (Code const code : used_)
        marks_[code] = {};
    used_.clear();
    weights_.clear();
    total_ = 0;
}

void Wordings::Marks::open_slot(float weight)
{
    weights_.push_back(weight);
    total_ += weight;
}

void Wordings::Marks::mark(Code code, float strength)
{
    if (code >= marks_.size() || weights_.size() > 250)
        return;
    auto& mark = marks_[code];
    if (mark.slot == 0)
        used_.push_back(code);
    if (strength > mark.strength)
        mark = {static_cast<std::uint8_t>(weights_.size()), strength};
}

void Wordings::add_item(std::vector<Code> const& codes)
{
    if (codes.empty())
        return;
    items_.push_back({static_cast<std::uint32_t>(item_codes_.size()), static_cast<std::uint16_t>(codes.size()), 0});
    item_codes_.insert(item_codes_.end(), codes.begin(), codes.end());
    ++wordings_.back().count;
}

WordingText WordingText::read(std::string_view text, Language language, Vocabulary& vocabulary, Linker const& linker)
{
    WordingText out;
    out.language = language;
    text::tokenise(text, out.tokens);
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < out.tokens.size(); ++i) {
        words.push_back(out.tokens.word(i));
        out.words.push_back(vocabulary.use(words.back(), language));
    }
    linker.find(out.tokens, words, out.links);
    out.named.resize(words.size());
    for (auto const& link : out.links)
        std::fill_n(out.named.begin() + link.first, link.count, true);
    out.wrapping.resize(words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
        for (auto const& phrase : vocabulary.lexicon().phrases_from(words[i])) {
            auto const bits = language == Language::fr ? phrase.classes_fr : phrase.classes_en;
            if ((bits & (filler | tag)) != 0 && i + phrase.words.size() <= words.size() && std::equal(phrase.words.begin(), phrase.words.end(), words.begin() + static_cast<std::ptrdiff_t>(i)))
                std::fill_n(out.wrapping.begin() + static_cast<std::ptrdiff_t>(i), phrase.words.size(), true);
        }
    return out;
}

void Wordings::add(std::uint32_t fact, WordingText const& text, EntityId home, Vocabulary const& vocabulary)
{
    wordings_.push_back({fact, text.language, static_cast<std::uint32_t>(items_.size()), 0, 0});
    std::vector<Code> codes;
    bool names_home = false;
    std::uint32_t asks = 0;
    for (auto const& link : text.links) {
        names_home = names_home || link.entity == home;
        add_item({codes_.of_entity(link.entity)});
    }
    for (std::size_t i = 0; i < text.words.size(); ++i) {
        std::uint32_t const classes = text.classes(i);
        if (text.wrapping[i] && !text.named[i])
            continue;
        asks |= classes & asking;
        if ((classes & WordClass::home) != 0 && !names_home) {
            names_home = true;
            add_item({codes_.of_entity(home)});
        }
        if (text.named[i] || (classes & silent) != 0)
            continue;
        codes = {codes_.of_term(text.term(i))};
        for (auto const id : text.words[i].concepts)
            codes.push_back(codes_.of_concept(id));
        add_item(codes);
    }
    auto const& tokens = text.tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        for (auto const& phrase : vocabulary.lexicon().phrases_from(tokens.word(i))) {
            bool matches = i + phrase.words.size() <= tokens.size();
            for (std::size_t k = 1; matches && k < phrase.words.size(); ++k)
                matches = tokens.word(i + k) == phrase.words[k];
            if (!matches)
                continue;
            asks |= (text.language == Language::fr ? phrase.classes_fr : phrase.classes_en) & asking;
            codes.clear();
            for (auto const id : phrase.concepts)
                codes.push_back(codes_.of_concept(id));
            add_item(codes);
        }
    for (std::uint32_t bit = 0; bit < Codes::classes; ++bit)
        if ((asks >> bit & 1u) != 0)
            add_item({codes_.of_class(bit)});
}

float Wordings::weight_of(Item const& item) const
{
    // A word is as rare as its own stem; a phrase as its commonest concept.
    Code const first = item_codes_[item.first];
    if (first >= codes_.of_class(0) && first < codes_.of_term(0))
        return class_weight;
    if (first >= codes_.concepts && first < codes_.of_class(0))
        return entity_weight;
    return std::max(least_weight, rarity_[first]);
}

void Wordings::finish(std::size_t facts, std::size_t terms)
{
    auto const place = [](Wording const& wording) { return 2 * std::size_t{wording.fact} + static_cast<std::size_t>(wording.language); };
    std::ranges::stable_sort(wordings_, {}, place);
    begin_.assign(2 * facts + 1, 0);
    for (auto const& wording : wordings_)
        ++begin_[place(wording) + 1];
    for (std::size_t i = 1; i < begin_.size(); ++i)
        begin_[i] += begin_[i - 1];
    std::vector<std::uint32_t> users(codes_.of_term(static_cast<TermId>(terms)));
    each_code([&](std::uint32_t, Code code, std::uint32_t) { ++users[code]; });
    rarity_.resize(users.size());
    for (std::size_t code = 0; code < users.size(); ++code)
        rarity_[code] = users[code] == 0 ? 0 : std::log(1 + static_cast<float>(facts) / static_cast<float>(users[code]));
    for (auto& item : items_)
        item.weight = weight_of(item);
    for (auto& wording : wordings_)
        for (std::uint32_t w = 0; w < wording.count; ++w)
            wording.weight += items_[wording.first + w].weight;
}

Wordings::Similarity Wordings::compare(std::uint32_t fact, Language language, Marks const& marks) const
{
    Similarity best;
    std::size_t const place = 2 * std::size_t{fact} + static_cast<std::size_t>(language);
    if (place + 1 >= begin_.size() || marks.total_ <= 0)
        return best;
    auto& seen = marks.seen_;
    for (std::uint32_t i = begin_[place]; i < begin_[place + 1]; ++i) {
        auto const& wording = wordings_[i];
        seen.assign(marks.weights_.size() + 1, 0);
        float matched = 0;
        for (std::uint32_t w = 0; w < wording.count; ++w) {
            auto const& item = items_[wording.first + w];
            float strength = 0;
            std::uint8_t slot = 0;
            for (std::uint32_t c = 0; c < item.count; ++c) {
                auto const& mark = marks.marks_[item_codes_[item.first + c]];
                if (mark.strength > strength) {
                    strength = mark.strength;
                    slot = mark.slot;
                }
            }
            matched += item.weight * strength;
            seen[slot] = std::max(seen[slot], strength);
        }
        float of_question = 0;
        for (std::size_t slot = 1; slot < seen.size(); ++slot)
            of_question += seen[slot] * marks.weights_[slot - 1];
        of_question /= marks.total_;
        float const of_wording = wording.weight > 0 ? matched / wording.weight : 0;
        // The question's words count more: a wording may say more than is asked.
        float const both = of_question + share_of_question * of_wording;
        float const alike = both > 0 ? (1 + share_of_question) * of_question * of_wording / both : 0;
        if (alike > best.best)
            best = {alike, of_question, of_wording};
    }
    return best;
}

}  // namespace immunobot::assistant
