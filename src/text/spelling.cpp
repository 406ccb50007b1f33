#include "text/spelling.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace immunobot::text {
namespace {

constexpr std::size_t shortest = 4;
constexpr std::size_t longest = 32;
constexpr std::size_t two_errors_from = 8;
constexpr float clearly_likelier = 3;
constexpr float foreign_share = 0.1f;       // of the weight of a word of the other language
constexpr std::size_t sounds_from = 5;
constexpr std::size_t most_letters_apart = 3;   // of words that sound alike

std::uint64_t hash(std::string_view word)
{
    std::uint64_t value = 0xcbf29ce484222325u;  // FNV-1a
    for (char const c : word)
        value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return value;
}

bool correctable(std::string_view word)
{
    return word.size() >= shortest && word.size() <= longest &&
           std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::uint32_t letters_of(std::string_view word)
{
    std::uint32_t set = 0;
    for (char const c : word)
        set |= 1u << (c - 'a');
    return set;
}

// Few of them are asked for, and not every machine counts bits in one instruction.
bool has_more_bits(std::uint32_t set, std::size_t count)
{
    for (; count > 0 && set != 0; --count)
        set &= set - 1;
    return set != 0;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit)
{
    if (a.size() > longest || b.size() > longest)
        return limit + 1;
    std::array<std::array<std::size_t, longest + 1>, 3> rows;
    auto* before = &rows[0];
    auto* above = &rows[1];
    auto* row = &rows[2];
    for (std::size_t j = 0; j <= b.size(); ++j)
        (*above)[j] = j;
    std::size_t nearest_above = 0;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        (*row)[0] = i;
        std::size_t nearest = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const cost = a[i - 1] == b[j - 1] ? 0 : 1;
            std::size_t best = std::min({(*above)[j] + 1, (*row)[j - 1] + 1, (*above)[j - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = std::min(best, (*before)[j - 2] + 1);
            (*row)[j] = best;
            nearest = std::min(nearest, best);
        }
        // Every way to the end leads through one of two neighbouring rows.
        if (nearest > limit && nearest_above > limit)
            return limit + 1;
        nearest_above = nearest;
        std::swap(before, above);
        std::swap(above, row);
    }
    return std::min((*above)[b.size()], limit + 1);
}

std::string sound_of(std::string_view folded)
{
    std::string out;
    auto const put = [&](char c) {
        if (out.empty() || out.back() != c)
            out += c;
    };
    for (std::size_t i = 0; i < folded.size(); ++i) {
        char const c = folded[i];
        char const next = i + 1 < folded.size() ? folded[i + 1] : ' ';
        if (c == 'p' && next == 'h') {
            put('f');
            ++i;
        } else if (c == 'q' || c == 'k' || (c == 'c' && next != 'e' && next != 'i' && next != 'y' && next != 'h')) {
            put('k');
            if (c == 'q' && next == 'u')
                ++i;
        } else if (c == 'c' && next != 'h') {
            put('s');
        } else if (c == 'h' && i > 0 && folded[i - 1] != 'c' && folded[i - 1] != 's') {
            continue;  // silent: "th", "rh", "inh"
        } else if ((c == 'e' || c == 'a') && (next == 'n' || next == 'm') && i + 2 < folded.size()) {
            put('a');  // "president", "presidant"
        } else if (c == 'y') {
            put('i');
        } else if (c == 'z') {
            put('s');
        } else {
            put(c);
        }
    }
    while (out.size() > 3 && (out.back() == 'e' || out.back() == 's' || out.back() == 't' || out.back() == 'd' || out.back() == 'x' || out.back() == 'p'))
        out.pop_back();
    return out;
}

void Spelling::build(std::vector<Word> words)
{
    std::erase_if(words, [](Word const& word) { return !correctable(word.text); });
    std::ranges::stable_sort(words, {}, [](Word const& word) { return word.text.size(); });
    begin_.assign(longest + 2, 0);
    text_.clear();
    words_.clear();
    letters_.clear();
    by_sound_.clear();
    for (std::uint32_t i = 0; i < words.size(); ++i) {
        auto const& word = words[i];
        words_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint8_t>(word.text.size()), word.languages, 0, word.weight, word.group});
        text_ += word.text;
        ++begin_[word.text.size() + 1];
        letters_.push_back(letters_of(word.text));
        by_sound_.push_back({hash(sound_of(word.text)), i, 0});
    }
    for (std::size_t size = 1; size < begin_.size(); ++size)
        begin_[size] += begin_[size - 1];
    std::ranges::sort(by_sound_);
}

// The best of all candidates, and the best of those that are another word.
class Spelling::Search {
public:
    Search(std::vector<Known> const& words, Language language) : words_(words), language_(language) {}

    void offer(std::uint32_t index, std::size_t distance)
    {
        Known const& word = words_[index];
        if (&word == best_) {
            // Once more, because it sounds the same: then those that are farther away are no rivals.
            if (distance < distance_) {
                distance_ = distance;
                rival_ = 0;
            }
            return;
        }
        float const weight = weight_of(word);
        if (best_ == nullptr || distance < distance_ || (distance == distance_ && weight > weight_of(*best_))) {
            if (best_ != nullptr && distance == distance_ && !same(word, *best_))
                rival_ = std::max(rival_, weight_of(*best_));
            if (distance < distance_)
                rival_ = 0;
            best_ = &word;
            distance_ = distance;
        } else if (distance == distance_ && !same(word, *best_)) {
            rival_ = std::max(rival_, weight);
        }
    }
    Known const* result() const
    {
        bool const clear = best_ != nullptr && weight_of(*best_) >= clearly_likelier * rival_;
        return clear ? best_ : nullptr;
    }

private:
    float weight_of(Known const& word) const
    {
        bool const foreign = word.languages != 0 && (word.languages >> static_cast<unsigned>(language_) & 1u) == 0;
        return foreign ? foreign_share * word.weight : word.weight;
    }
    static bool same(Known const& a, Known const& b) { return a.group == b.group && a.group != Word().group; }

    std::vector<Known> const& words_;
    Language language_;
    Known const* best_ = nullptr;
    std::size_t distance_ = 99;
    float rival_ = 0;
};

std::string_view Spelling::correct(std::string_view folded, Language language) const
{
    if (!correctable(folded))
        return {};
    std::size_t const limit = folded.size() >= two_errors_from ? 2 : 1;
    Search search(words_, language);
    auto const letters = letters_of(folded);
    auto const first = begin_[folded.size() - limit];
    auto const last = begin_[std::min(folded.size() + limit, longest) + 1];
    for (std::uint32_t i = first; i < last; ++i) {
        // Each error changes the set of letters by two at most.
        if (has_more_bits(letters_[i] ^ letters, 2 * limit))
            continue;
        auto const known = text(words_[i]);
        if (known == folded)
            continue;
        std::size_t const distance = edit_distance(folded, known, limit);
        bool const same_start = known[0] == folded[0];
        if (distance <= limit && (same_start || (distance == 1 && folded.size() >= 5)))
            search.offer(i, distance);
    }
    if (folded.size() >= sounds_from) {
        auto const sound = hash(sound_of(folded));
        for (auto at = std::ranges::lower_bound(by_sound_, Sound{sound, 0, 0}); at != by_sound_.end() && at->hash == sound; ++at) {
            auto const known = text(words_[at->word]);
            if (known != folded && edit_distance(folded, known, most_letters_apart) <= most_letters_apart)
                search.offer(at->word, 1);
        }
    }
    auto const* meant = search.result();
    return meant == nullptr ? std::string_view() : text(*meant);
}

}  // namespace immunobot::text
