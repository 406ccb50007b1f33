#include "assistant/wordings.hpp"

#include <array>
#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr float entity_weight = 2.0f;    // of a name in a wording: the candidates share it anyway
constexpr float class_weight = 1.0f;     // of a question word ("when", "who")
constexpr float least_weight = 0.4f;
constexpr float share_of_question = 2.0f;
// Words that carry no wish of their own.
constexpr ClassBits silent = function_word | filler | asks_when | asks_where | asks_who | asks_how_many | asks_which | WordClass::home;
constexpr ClassBits asking = asks_when | asks_where | asks_who | asks_how_many | asks_why | list_all | money;

}  // namespace

void Wordings::Marks::begin(std::size_t codes)
{
    if (slots_.size() < codes) {
        slots_.resize(codes);
        strengths_.resize(codes);
    }
    for (Code const code : used_) {
        slots_[code] = 0;
        strengths_[code] = 0;
    }
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
    if (code >= slots_.size() || weights_.size() > 250)
        return;
    if (slots_[code] == 0)
        used_.push_back(code);
    if (strength > strengths_[code]) {
        slots_[code] = static_cast<std::uint8_t>(weights_.size());
        strengths_[code] = strength;
    }
}

void Wordings::add_item(std::vector<Code> const& codes)
{
    if (codes.empty())
        return;
    items_.push_back({static_cast<std::uint32_t>(item_codes_.size()), static_cast<std::uint16_t>(codes.size()), 0});
    item_codes_.insert(item_codes_.end(), codes.begin(), codes.end());
    ++wordings_.back().count;
}

void WordingText::read(std::string_view text, Language in, Vocabulary& known, Linker const& linker)
{
    language = in;
    vocabulary = &known;
    text::tokenise(text, tokens);
    words.clear();
    links.clear();
    std::vector<std::string_view> folded;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        folded.push_back(tokens.word(i));
        words.push_back(known.use_number(folded.back(), language));
    }
    linker.find(tokens, folded, links, [&](std::size_t i) { return word(i).name; });
    named.assign(words.size(), false);
    for (auto const& link : links)
        std::fill_n(named.begin() + link.first, link.count, true);
    wrapping.assign(words.size(), false);
    for (std::size_t i = 0; i < words.size(); ++i)
        each_phrase(i, [&](Lexicon::Phrase const& phrase) {
            auto const bits = language == Language::fr ? phrase.classes_fr : phrase.classes_en;
            if ((bits & (filler | tag)) != 0)
                std::fill_n(wrapping.begin() + static_cast<std::ptrdiff_t>(i), phrase.words.size(), true);
        });
}

void Wordings::add(std::uint32_t fact, WordingText const& text, EntityId home)
{
    wordings_.push_back({fact, text.language, static_cast<std::uint32_t>(items_.size()), 0, 0});
    std::vector<Code> codes;
    bool names_home = false;
    ClassBits asks = 0;
    for (auto const& link : text.links) {
        names_home = names_home || link.entity == home;
        add_item({codes_.of_entity(link.entity)});
    }
    for (std::size_t i = 0; i < text.words.size(); ++i) {
        ClassBits const classes = text.classes(i);
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
        for (auto const id : text.word(i).concepts)
            codes.push_back(codes_.of_concept(id));
        add_item(codes);
    }
    for (std::size_t i = 0; i < text.words.size(); ++i)
        text.each_phrase(i, [&](Lexicon::Phrase const& phrase) {
            asks |= (text.language == Language::fr ? phrase.classes_fr : phrase.classes_en) & asking;
            codes.clear();
            for (auto const id : phrase.concepts)
                codes.push_back(codes_.of_concept(id));
            add_item(codes);
        });
    for (std::uint32_t bit = 0; bit < Codes::classes; ++bit)
        if ((asks >> bit & 1u) != 0)
            add_item({codes_.of_class(bit)});
}

// Of the share of wordings that have a word: grows fast at first, for nobody says everything every time.
float usual(float share);
float usual(float share)
{
    return std::log(1 + 20 * share) / std::log(21.0f);
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

void Wordings::pack()
{
    auto const codes_of = [&](Item const& item) { return std::span(item_codes_).subspan(item.first, item.count); };
    std::vector<Group> groups;
    std::vector<Packed> packed;
    std::vector<std::uint16_t> parts;
    std::vector<Distinct> distinct;
    std::vector<Code> distinct_codes;
    std::vector<std::uint32_t> group_items;   // the first of each kind
    for (std::size_t place = 0; place + 1 < begin_.size(); ++place) {
        groups.push_back({static_cast<std::uint32_t>(packed.size()), static_cast<std::uint32_t>(distinct.size())});
        group_items.clear();
        for (std::uint32_t i = begin_[place]; i < begin_[place + 1]; ++i) {
            auto const& wording = wordings_[i];
            packed.push_back({static_cast<std::uint32_t>(parts.size()), wording.weight});
            for (std::uint32_t w = wording.first; w < wording.first + wording.count; ++w) {
                auto const& item = items_[w];
                auto const known = std::ranges::find_if(group_items, [&](std::uint32_t other) { return std::ranges::equal(codes_of(items_[other]), codes_of(item)); });
                auto const number = static_cast<std::size_t>(known - group_items.begin());
                parts.push_back(static_cast<std::uint16_t>(number));
                if (known != group_items.end()) {
                    distinct[groups.back().item + number].usual += 1;
                    continue;
                }
                group_items.push_back(w);
                distinct.push_back({static_cast<std::uint32_t>(distinct_codes.size()), item.weight, 1});
                auto const codes = codes_of(item);
                distinct_codes.insert(distinct_codes.end(), codes.begin(), codes.end());
            }
        }
    }
    groups.push_back({static_cast<std::uint32_t>(packed.size()), static_cast<std::uint32_t>(distinct.size())});
    for (std::size_t place = 0; place + 1 < groups.size(); ++place)
        for (std::uint32_t i = groups[place].item; i < groups[place + 1].item; ++i)
            distinct[i].usual = usual(distinct[i].usual / static_cast<float>(groups[place + 1].wording - groups[place].wording));
    packed.push_back({static_cast<std::uint32_t>(parts.size()), 0});
    distinct.push_back({static_cast<std::uint32_t>(distinct_codes.size()), 0, 0});
    groups_ = Kept(std::move(groups));
    packed_ = Kept(std::move(packed));
    parts_ = Kept(std::move(parts));
    distinct_ = Kept(std::move(distinct));
    distinct_codes_ = Kept(std::move(distinct_codes));
    wordings_ = {};
    begin_ = {};
    items_ = {};
    item_codes_ = {};
}

Wordings::Similarity Wordings::compare(std::uint32_t fact, Language language, Marks const& marks, float least) const
{
    Similarity best;
    std::size_t const place = 2 * std::size_t{fact} + static_cast<std::size_t>(language);
    if (place + 1 >= groups_.size() || marks.total_ <= 0)
        return best;
    Group const group = groups_[place];
    Group const end = groups_[place + 1];
    std::size_t const items = end.item - group.item;
    std::size_t const slots = marks.weights_.size();
    if (marks.found_.size() < items)
        marks.found_.resize(items);
    marks.seen_.assign(slots + 1, 0);
    marks.usual_.assign(slots + 1, 0);
    // Pointers: this is the innermost loop of all, and the vectors check each index.
    auto* const found = marks.found_.data();
    float* const seen = marks.seen_.data();
    float const* const weights = marks.weights_.data();
    {
        std::uint8_t const* const slot_of = marks.slots_.data();
        float const* const strength_of = marks.strengths_.data();
        Code const* const codes = distinct_codes_.data();
        Distinct const* const distinct = distinct_.data() + group.item;
        for (std::size_t item = 0; item < items; ++item) {
            float strength = 0;
            std::uint8_t slot = 0;
            for (std::uint32_t c = distinct[item].code; c < distinct[item + 1].code; ++c)
                if (std::uint8_t const in = slot_of[codes[c]]; in != 0 && strength_of[codes[c]] > strength) {
                    strength = strength_of[codes[c]];
                    slot = in;
                }
            found[item] = {distinct[item].weight * strength, strength, slot};
            seen[slot] = std::max(seen[slot], strength);
            marks.usual_[slot] = std::max(marks.usual_[slot], strength * distinct[item].usual);
        }
    }
    auto const alike = [](float of_question, float of_wording) {
        // The question's words count more: a wording may say more than is asked.
        float const both = of_question + share_of_question * of_wording;
        return both > 0 ? (1 + share_of_question) * of_question * of_wording / both : 0;
    };
    float most = 0;
    for (std::size_t slot = 1; slot <= slots; ++slot) {
        most += seen[slot] * weights[slot - 1];
        seen[slot] = 0;
    }
    constexpr float of_rounding = 1e-4f;
    if (most <= 0 || alike(most / marks.total_, 1) + of_rounding < least)
        return best;
    float usual_share = 0;
    for (std::size_t slot = 1; slot <= slots; ++slot)
        usual_share += marks.usual_[slot] * weights[slot - 1];
    usual_share /= marks.total_;
    std::array<float, 4> nearest{};
    for (std::uint32_t i = group.wording; i < end.wording; ++i) {
        float matched = 0;
        std::uint64_t touched = 0;   // slots below 64, which are nearly always all
        std::uint16_t const* const last = parts_.data() + packed_[i + 1].part;
        for (std::uint16_t const* part = parts_.data() + packed_[i].part; part < last; ++part) {
            auto const& one = found[*part];
            if (one.slot == 0)
                continue;
            matched += one.value;
            seen[one.slot] = std::max(seen[one.slot], one.strength);
            touched |= std::uint64_t{1} << (one.slot & 63u);
        }
        if (touched == 0)
            continue;
        float of_question = 0;
        if (slots < 64) {
            for (; touched != 0; touched &= touched - 1) {
                auto const slot = static_cast<std::size_t>(std::countr_zero(touched));
                of_question += seen[slot] * weights[slot - 1];
                seen[slot] = 0;
            }
        } else {
            for (std::size_t slot = 1; slot <= slots; ++slot) {
                of_question += seen[slot] * weights[slot - 1];
                seen[slot] = 0;
            }
        }
        of_question /= marks.total_;
        float const of_wording = packed_[i].weight > 0 ? matched / packed_[i].weight : 0;
        float const both = alike(of_question, of_wording);
        if (both > best.best)
            best = {both, of_question, of_wording};
        for (float rest = both; float& one : nearest)
            if (rest > one)
                std::swap(rest, one);
    }
    best.usual = usual_share;
    best.several = (nearest[1] + nearest[2] + nearest[3]) / 3;
    return best;
}

}  // namespace immunobot::assistant
