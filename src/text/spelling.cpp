#include "text/spelling.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace immunobot::text {
namespace {

constexpr std::size_t shortest = 4;
constexpr std::size_t longest = 32;
constexpr std::size_t two_errors_from = 8;
constexpr float clearly_likelier = 4;

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

// Calls `use` with the hash of `word` and of each form with up to `deletions` letters left out.
template <class Use>
void each_deletion(std::string const& word, std::size_t deletions, Use const& use)
{
    use(hash(word));
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (i > 0 && word[i] == word[i - 1])
            continue;
        std::string shorter = word;
        shorter.erase(i, 1);
        use(hash(shorter));
        for (std::size_t j = i; deletions > 1 && j < shorter.size(); ++j) {
            std::string shortest_form = shorter;
            shortest_form.erase(j, 1);
            use(hash(shortest_form));
        }
    }
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit)
{
    if (a.size() > longest || b.size() > longest)
        return limit + 1;
    std::array<std::array<std::size_t, longest + 1>, 3> rows{};
    auto* before = &rows[0];
    auto* above = &rows[1];
    auto* row = &rows[2];
    for (std::size_t j = 0; j <= b.size(); ++j)
        (*above)[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        (*row)[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const cost = a[i - 1] == b[j - 1] ? 0 : 1;
            std::size_t best = std::min({(*above)[j] + 1, (*row)[j - 1] + 1, (*above)[j - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = std::min(best, (*before)[j - 2] + 1);
            (*row)[j] = best;
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return std::min((*above)[b.size()], limit + 1);
}

void Spelling::build(std::vector<Word> words)
{
    std::erase_if(words, [](Word const& word) { return !correctable(word.text); });
    words_ = std::move(words);
    by_deletion_.clear();
    by_deletion_.reserve(words_.size() * 12);
    for (std::uint32_t i = 0; i < words_.size(); ++i)
        each_deletion(words_[i].text, words_[i].text.size() >= two_errors_from ? 2 : 1, [&](std::uint64_t key) {
            auto& list = by_deletion_[key];
            if (list.empty() || list.back() != i)
                list.push_back(i);
        });
}

std::string_view Spelling::correct(std::string_view folded) const
{
    if (!correctable(folded))
        return {};
    std::size_t const limit = folded.size() >= two_errors_from ? 2 : 1;
    std::size_t best_distance = limit + 1;
    Word const* best = nullptr;
    Word const* rival = nullptr;
    each_deletion(std::string(folded), limit, [&](std::uint64_t key) {
        auto const found = by_deletion_.find(key);
        if (found == by_deletion_.end())
            return;
        for (std::uint32_t const i : found->second) {
            Word const& word = words_[i];
            if (&word == best || &word == rival)
                continue;
            std::size_t const distance = edit_distance(folded, word.text, limit);
            bool const same_start = word.text[0] == folded[0];
            if (distance > limit || (!same_start && (distance > 1 || folded.size() < 5)))
                continue;
            bool const better = distance < best_distance || (distance == best_distance && word.weight > best->weight);
            if (better) {
                rival = distance == best_distance ? best : nullptr;
                best = &word;
                best_distance = distance;
            } else if (distance == best_distance && (rival == nullptr || word.weight > rival->weight)) {
                rival = &word;
            }
        }
    });
    if (best == nullptr || (rival != nullptr && best->weight < clearly_likelier * rival->weight))
        return {};
    return best->text;
}

}  // namespace immunobot::text
