#include "intents/vocabulary.hpp"

#include <array>
#include <cmath>

namespace immunobot::intents {
namespace {

// Lengths of the two blocks. Letters outweigh words a little: they survive typing errors.
constexpr std::array<float, 2> block_length = {0.75f, 1.0f};

// A feature of one example weighs this much more than one that all of them have.
constexpr double rarity_range = 2.5;

constexpr std::size_t first_slots = 1024;

// Gathers the distinct features of a text in `out`, in order of appearance.
class Tally {
public:
    Tally(Occurrences& out, std::size_t features) : out_(out)
    {
        out_.known.clear();
        out_.unknown_words = 0;
        reserve(features);
    }
    ~Tally()
    {
        for (auto& cell : out_.known) {
            cell.value = static_cast<float>(out_.tally[cell.feature]);
            out_.tally[cell.feature] = 0;
        }
    }
    Tally(Tally const&) = delete;
    Tally& operator=(Tally const&) = delete;

    void reserve(std::size_t features)
    {
        if (out_.tally.size() < features)
            out_.tally.resize(features, 0);
    }
    void add(std::uint32_t feature)
    {
        auto& times = out_.tally[feature];
        if (times == 0)
            out_.known.push_back({feature, 0});
        if (times < 0xffff)
            ++times;
    }

private:
    Occurrences& out_;
};

// Said twice is more than once, but not twice as much.
float damped(float occurrences)
{
    return occurrences <= 1 ? occurrences : 1 + std::log(occurrences);
}

bool is_hidden(std::span<std::uint8_t const> hidden, std::uint32_t feature)
{
    return !hidden.empty() && hidden[feature] != 0;
}

}  // namespace

std::size_t Vocabulary::slot(std::span<std::uint64_t const> keys, std::uint64_t key)
{
    std::size_t const mask = keys.size() - 1;
    std::size_t at = key & mask;
    while (keys[at] != 0 && keys[at] != key)
        at = (at + 1) & mask;
    return at;
}

std::uint32_t Vocabulary::find(std::uint64_t key) const
{
    if (keys_.empty())
        return none;
    std::size_t const at = slot(keys_.all(), key);
    return keys_[at] == 0 ? none : numbers_[at];
}

void Vocabulary::grow()
{
    auto const old_keys = std::move(draft_.keys);
    auto const old_numbers = std::move(draft_.numbers);
    std::size_t const slots = old_keys.empty() ? first_slots : 2 * old_keys.size();
    draft_.keys.assign(slots, 0);
    draft_.numbers.assign(slots, none);
    for (std::size_t i = 0; i < old_keys.size(); ++i) {
        if (old_keys[i] == 0)
            continue;
        std::size_t const at = slot(draft_.keys, old_keys[i]);
        draft_.keys[at] = old_keys[i];
        draft_.numbers[at] = old_numbers[i];
    }
}

std::uint32_t Vocabulary::find_or_add(Feature const& feature)
{
    if (2 * draft_.entries.size() >= draft_.keys.size())
        grow();
    std::size_t const at = slot(draft_.keys, feature.key);
    if (draft_.keys[at] == 0) {
        draft_.keys[at] = feature.key;
        draft_.numbers[at] = static_cast<std::uint32_t>(draft_.entries.size());
        draft_.entries.push_back({0, 0, feature.block, feature.is_word, 0});
    }
    return draft_.numbers[at];
}

void Vocabulary::add(std::span<Feature const> features, Occurrences& scratch, SparseRows& rows)
{
    {
        Tally tally(scratch, draft_.entries.size() + features.size());
        for (auto const& feature : features)
            tally.add(find_or_add(feature));
    }
    for (auto const& cell : scratch.known)
        ++draft_.entries[cell.feature].examples;
    rows.cells.insert(rows.cells.end(), scratch.known.begin(), scratch.known.end());
    rows.close();
    ++examples_;
}

void Vocabulary::finish()
{
    double const all = 1.0 + examples_;
    for (auto& entry : draft_.entries)
        entry.rarity = static_cast<float>(1 + rarity_range * std::log(all / (1.0 + entry.examples)) / std::log(all));
    highest_rarity_ = 1 + static_cast<float>(rarity_range);
    keys_ = Kept(std::move(draft_.keys));
    numbers_ = Kept(std::move(draft_.numbers));
    entries_ = Kept(std::move(draft_.entries));
    draft_ = {};
}

void Vocabulary::count(std::span<Feature const> features, Occurrences& out) const
{
    Tally tally(out, entries_.size());
    for (auto const& feature : features) {
        std::uint32_t const number = find(feature.key);
        if (number != none)
            tally.add(number);
        else
            out.unknown_words += feature.is_word ? 1 : 0;
    }
}

void Vocabulary::weigh(std::span<Weighted> cells, std::span<std::uint8_t const> hidden) const
{
    std::array<float, 2> squares{};
    for (auto& cell : cells) {
        auto const& entry = entries_[cell.feature];
        cell.value = is_hidden(hidden, cell.feature) ? 0 : damped(cell.value) * entry.rarity;
        squares[static_cast<std::size_t>(entry.block)] += cell.value * cell.value;
    }
    std::array<float, 2> factor{};
    for (std::size_t block = 0; block < factor.size(); ++block)
        factor[block] = squares[block] > 0 ? block_length[block] / std::sqrt(squares[block]) : 0;
    for (auto& cell : cells)
        cell.value *= factor[static_cast<std::size_t>(entries_[cell.feature].block)];
}

float Vocabulary::known_share(std::span<Weighted const> cells, std::uint32_t unknown_words,
                              std::span<std::uint8_t const> hidden) const
{
    float known = 0;
    float all = static_cast<float>(unknown_words) * highest_rarity_;
    for (auto const& cell : cells) {
        auto const& entry = entries_[cell.feature];
        if (!entry.is_word)
            continue;
        bool const counts = !is_hidden(hidden, cell.feature);
        float const weight = cell.value * (counts ? entry.rarity : highest_rarity_);
        known += counts ? weight : 0;
        all += weight;
    }
    return all > 0 ? known / all : 1;
}

}  // namespace immunobot::intents
