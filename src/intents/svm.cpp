#include "intents/svm.hpp"

#include "intents/lanes.hpp"

#include <algorithm>
#include <cmath>
#include <future>

namespace immunobot::intents {
namespace {

constexpr float cost = 2;             // C of the other classes' rows
constexpr std::size_t worth_a_thread = 4096;  // rows, from which on a second thread pays
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
    : rows_(rows), labels_(labels), features_(features), classes_(classes), squared_length_(rows.size(), 1.0f), slack_own_(classes, 0.0f)
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

    std::uint32_t const lanes = (classes + lane_width - 1) / lane_width;
    std::uint32_t const half = rows.size() < worth_a_thread ? lanes : (lanes + 1) / 2;
    for (std::uint32_t lane = 0; lane < lanes; lane += half) {
        std::uint32_t const first = lane * lane_width;
        Part& part = parts_.emplace_back();
        part.first_class = first;
        part.weights = LinearWeights(features, std::min(half * lane_width, classes - first));
        part.duals.assign(rows.size() * part.weights.stride, 0.0f);
        part.steps.assign(part.weights.stride, 0.0f);
    }
}

void SvmTrainer::run(std::span<std::uint32_t const> rows, int rounds)
{
    std::vector<std::uint32_t> order(rows.begin(), rows.end());
    Shuffler shuffler;
    for (int round = 0; round < rounds; ++round) {
        for (auto i = static_cast<std::uint32_t>(order.size()); i > 1; --i)
            std::swap(order[i - 1], order[shuffler.below(i)]);
        std::vector<std::future<float>> others;
        for (std::size_t i = 1; i < parts_.size(); ++i)
            others.push_back(std::async(std::launch::async, [&, i] { return visit_all(parts_[i], order); }));
        float worst = parts_.empty() ? 0 : visit_all(parts_[0], order);
        for (auto& other : others)
            worst = std::max(worst, other.get());
        if (worst < still_moving)
            return;
    }
}

float SvmTrainer::visit_all(Part& part, std::span<std::uint32_t const> order) const
{
    float worst = 0;
    for (std::uint32_t const row : order)
        worst = std::max(worst, visit(part, row));
    return worst;
}

// One step for each class on one row; returns the largest violation of the optimum found.
float SvmTrainer::visit(Part& part, std::uint32_t row) const
{
    constexpr float slack_others = 0.5f / cost;
    part.weights.margins(rows_.row(row), part.margins);
    float* const duals = part.duals.data() + std::size_t{row} * part.weights.stride;
    float const length = squared_length_[row];
    std::uint32_t const label = labels_[row] - part.first_class;  // beyond all classes if it is in another part
    bool const own = label < part.weights.stride;
    float const own_margin = own ? part.margins[label] : 0;
    float const own_dual = own ? duals[label] : 0;
    if (own) {
        part.margins[label] = -1;  // for the step of the others: nothing to do here
        duals[label] = 0;
    }
    float worst = step_apart(part.margins.data(), duals, part.steps.data(), part.weights.stride, length, slack_others);
    if (own) {
        float const slack = slack_own_[labels_[row]];
        float const slope = own_margin - 1 + slack * own_dual;
        float const violation = own_dual <= 0 ? std::min(slope, 0.0f) : slope;
        duals[label] = std::max(own_dual - slope / (length + slack), 0.0f);
        part.steps[label] = duals[label] - own_dual;
        worst = std::max(worst, std::abs(violation));
    }
    add_to_weights(part, row);
    return worst;
}

void SvmTrainer::add_to_weights(Part& part, std::uint32_t row) const
{
    add_to_rows(part.weights.values.data(), part.weights.stride, rows_.row(row), part.steps.data());
    Weighted const bias{part.weights.features, 1.0f};
    add_to_rows(part.weights.values.data(), part.weights.stride, {&bias, 1}, part.steps.data());
}

void SvmTrainer::forget(std::span<std::uint32_t const> rows)
{
    for (Part& part : parts_)
        for (std::uint32_t const row : rows) {
            float* const duals = part.duals.data() + std::size_t{row} * part.weights.stride;
            for (std::uint32_t k = 0; k < part.weights.stride; ++k)
                part.steps[k] = k == labels_[row] - part.first_class ? -duals[k] : duals[k];
            add_to_weights(part, row);
            std::fill(duals, duals + part.weights.stride, 0.0f);
        }
}

LinearWeights SvmTrainer::weights() const
{
    if (parts_.size() == 1)
        return parts_[0].weights;
    LinearWeights all(features_, classes_);
    for (Part const& part : parts_)
        for (std::uint32_t i = 0; i <= features_; ++i)
            std::copy_n(part.weights.row(i), part.weights.stride, all.row(i) + part.first_class);
    return all;
}

}  // namespace immunobot::intents
