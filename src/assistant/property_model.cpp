#include "assistant/property_model.hpp"

#include <algorithm>
#include <cmath>

namespace immunobot::assistant {
namespace {

constexpr int rounds = 5;
constexpr float first_step = 1.2f;
constexpr float decay = 2e-5f;       // pulls weights of what is seldom seen towards 0
constexpr std::size_t lanes = 8;

// Beyond all stems.
constexpr TermId first_name = 0xFFFEFFF0u;
constexpr TermId edge = first_name + 1;
constexpr TermId novel = first_name + 2;

bool is_pair(std::uint64_t key)
{
    return key >> 32 != 0;
}

// The order in which examples are visited: a full-period walk, so that neighbours in the data are apart.
std::size_t step_of(std::size_t size)
{
    std::size_t step = size / 2 + size / 8 + 1;
    auto const common = [](std::size_t a, std::size_t b) {
        while (b != 0)
            std::swap(a %= b, b);
        return a;
    };
    while (common(step, size) != 1)
        ++step;
    return step;
}

void to_log_probabilities(std::vector<float>& margins, std::size_t count)
{
    float const best = *std::max_element(margins.begin(), margins.begin() + static_cast<std::ptrdiff_t>(count));
    float total = 0;
    for (std::size_t i = 0; i < count; ++i)
        total += std::exp(margins[i] - best);
    float const shift = best + std::log(total);
    for (std::size_t i = 0; i < count; ++i)
        margins[i] -= shift;
}

}  // namespace

// A word of one example only is as good as unknown: learning it by heart would teach nothing about words to come.
bool PropertyModel::is_novel(TermId term) const
{
    return term == no_term || (term < first_name && (term >= uses_.size() || uses_[term] < 2));
}

void PropertyModel::read(Terms const& terms, std::vector<Key>& keys) const
{
    keys.clear();
    keys.push_back(edge);  // the bias
    TermId before = edge;
    bool has_novel = false;
    for (TermId term : terms) {
        if (is_novel(term)) {
            term = novel;
            if (has_novel)
                continue;
            has_novel = true;
        }
        keys.push_back(term);
        keys.push_back((Key{before} + 1) << 32 | term);
        before = term;
    }
    keys.push_back((Key{before} + 1) << 32 | edge);
}

void PropertyModel::add(Terms const& terms, std::uint16_t property)
{
    Terms distinct = terms;
    std::ranges::sort(distinct);
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    for (TermId const term : distinct)
        if (term < first_name) {
            if (uses_.size() <= term)
                uses_.resize(term + 1u);
            uses_[term] = static_cast<std::uint16_t>(std::min(uses_[term] + 1, 0xFFFF));
        }
    examples_.push_back(terms);
    labels_.push_back(property);
}

void PropertyModel::add_row(float* out, std::uint32_t row, float times) const
{
    float const* const weights = weights_.data() + std::size_t{row} * width_;
    for (std::size_t i = 0; i < width_; ++i)
        out[i] += times * weights[i];
}

void PropertyModel::train(std::size_t properties)
{
    properties_ = properties + 1;
    properties = properties_;
    width_ = (properties + lanes - 1) / lanes * lanes;
    std::size_t const size = labels_.size();
    std::vector<std::uint32_t> all_cells;
    std::vector<std::uint32_t> begin{0};
    std::vector<Key> keys;
    std::unordered_map<Key, std::uint32_t> pairs;
    for (auto const& terms : examples_) {
        read(terms, keys);
        for (Key const key : keys)
            if (is_pair(key))
                ++pairs[key];
    }
    for (auto const& terms : examples_) {
        read(terms, keys);
        std::erase_if(keys, [&](Key key) { return is_pair(key) && pairs[key] < 2; });
        for (Key const key : keys)
            all_cells.push_back(rows_.emplace(key, static_cast<std::uint32_t>(rows_.size())).first->second);
        begin.push_back(static_cast<std::uint32_t>(all_cells.size()));
    }
    examples_ = {};
    weights_.assign(rows_.size() * width_, 0);
    if (size == 0)
        return;
    std::vector<float> margins(width_);
    std::size_t const stride = step_of(size);
    std::size_t at = 0;
    for (std::size_t step = 0; step < size * rounds; ++step, at = (at + stride) % size) {
        std::span<std::uint32_t const> const cells(all_cells.data() + begin[at], begin[at + 1] - begin[at]);
        float const scale = 1 / std::sqrt(static_cast<float>(cells.size()));
        std::ranges::fill(margins, 0.0f);
        for (std::uint32_t const row : cells)
            add_row(margins.data(), row, scale);
        to_log_probabilities(margins, properties);
        for (std::size_t i = 0; i < properties; ++i)
            margins[i] = -std::exp(margins[i]);
        margins[labels_[at] == none ? properties - 1 : labels_[at]] += 1;
        for (std::size_t i = properties; i < width_; ++i)
            margins[i] = 0;
        float const rate = first_step * (1 - static_cast<float>(step) / static_cast<float>(size * rounds)) * scale;
        for (std::uint32_t const row : cells) {
            float* const weights = weights_.data() + std::size_t{row} * width_;
            for (std::size_t i = 0; i < width_; ++i)
                weights[i] += rate * margins[i] - decay * weights[i];
        }
    }
}

void PropertyModel::score(Terms const& terms, std::vector<float>& out) const
{
    out.assign(width_, 0);
    if (width_ == 0)
        return;
    std::vector<Key> keys;
    read(terms, keys);
    std::vector<std::uint32_t> found;
    for (Key const key : keys)
        if (auto const row = rows_.find(key); row != rows_.end())
            found.push_back(row->second);
    float const scale = 1 / std::sqrt(static_cast<float>(std::max<std::size_t>(found.size(), 1)));
    for (std::uint32_t const row : found)
        add_row(out.data(), row, scale);
    out.resize(properties_);
    std::vector<float>& margins = out;
    to_log_probabilities(margins, properties_);
}

}  // namespace immunobot::assistant
