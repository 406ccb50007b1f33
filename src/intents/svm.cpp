#include "intents/svm.hpp"

#include "intents/lanes.hpp"

#include <algorithm>
#include <cmath>

namespace immunobot::intents {
namespace {

constexpr float cost = 2;             // C of the other classes' rows
constexpr float still_moving = 0.1f;  // the largest violation below which training stops

// A fixed pseudo-random sequence (splitmix64); the standard's distributions differ between libraries.
class Shuffler {
public:
    std::uint32_t below(std::uint32_t bound)
    {
        state_ += 0x9e3779b97f4a7c15u;
        std::uint64_t value = state_;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
        return static_cast<std::uint32_t>((value ^ (value >> 31)) % bound);
    }

private:
    std::uint64_t state_ = 42;
};

}  // namespace

LinearWeights::LinearWeights(std::uint32_t feature_count, std::uint32_t class_count)
    : features(feature_count), classes(class_count), stride((class_count + lane_width - 1) / lane_width * lane_width),
      values((std::size_t{feature_count} + 1) * stride, 0.0f)
{
}

void LinearWeights::margins(std::span<Weighted const> cells, std::vector<float>& out) const
{
    out.assign(row(features), row(features) + stride);
    add_rows(out.data(), values.data(), stride, cells);
}

SvmTrainer::SvmTrainer(SparseRows const& rows, std::span<std::uint32_t const> labels, std::uint32_t features,
                       std::uint32_t classes)
    : rows_(rows), labels_(labels), weights_(features, classes), duals_(rows.size() * weights_.stride, 0.0f),
      squared_length_(rows.size(), 1.0f), slack_own_(classes, 0.0f), steps_(weights_.stride, 0.0f)
{
    std::vector<float> own(classes, 0.0f);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        own[labels[i]] += 1;
        for (auto const& cell : rows.row(i))
            squared_length_[i] += cell.value * cell.value;
    }
    // A class's few own rows weigh more against the many others, by the root of how many more those are.
    auto const all = static_cast<float>(rows.size());
    for (std::uint32_t k = 0; k < classes; ++k)
        slack_own_[k] = 0.5f / (cost * std::sqrt(std::max(1.0f, (all - own[k]) / std::max(1.0f, own[k]))));
}

void SvmTrainer::run(std::span<std::uint32_t const> rows, int rounds)
{
    std::vector<std::uint32_t> order(rows.begin(), rows.end());
    Shuffler shuffler;
    for (int round = 0; round < rounds; ++round) {
        for (auto i = static_cast<std::uint32_t>(order.size()); i > 1; --i)
            std::swap(order[i - 1], order[shuffler.below(i)]);
        float worst = 0;
        for (std::uint32_t const row : order)
            worst = std::max(worst, visit(row));
        if (worst < still_moving)
            return;
    }
}

// One step for each class on one row; returns the largest violation of the optimum found.
float SvmTrainer::visit(std::uint32_t row)
{
    constexpr float slack_others = 0.5f / cost;
    weights_.margins(rows_.row(row), margins_);
    float* const duals = duals_.data() + std::size_t{row} * weights_.stride;
    float const length = squared_length_[row];
    std::uint32_t const label = labels_[row];
    float worst = 0;
    auto const step = [&](std::uint32_t k, float side, float slack) {
        float const slope = side * margins_[k] - 1 + slack * duals[k];
        float const violation = duals[k] <= 0 ? std::min(slope, 0.0f) : slope;
        float const next = std::max(duals[k] - slope / (length + slack), 0.0f);
        steps_[k] = (next - duals[k]) * side;
        duals[k] = next;
        worst = std::max(worst, std::abs(violation));
    };
    for (std::uint32_t k = 0; k < label; ++k)
        step(k, -1.0f, slack_others);
    step(label, 1.0f, slack_own_[label]);
    for (std::uint32_t k = label + 1; k < weights_.stride; ++k)
        step(k, -1.0f, slack_others);
    add_to_weights(row);
    return worst;
}

void SvmTrainer::add_to_weights(std::uint32_t row)
{
    add_to_rows(weights_.values.data(), weights_.stride, rows_.row(row), steps_.data());
    Weighted const bias{weights_.features, 1.0f};
    add_to_rows(weights_.values.data(), weights_.stride, {&bias, 1}, steps_.data());
}

void SvmTrainer::forget(std::span<std::uint32_t const> rows)
{
    for (std::uint32_t const row : rows) {
        float* const duals = duals_.data() + std::size_t{row} * weights_.stride;
        for (std::uint32_t k = 0; k < weights_.stride; ++k)
            steps_[k] = k == labels_[row] ? -duals[k] : duals[k];
        add_to_weights(row);
        std::fill(duals, duals + weights_.stride, 0.0f);
    }
}

}  // namespace immunobot::intents
