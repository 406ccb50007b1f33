#include "bench/boosted_trees.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace immunobot::bench {
namespace {

using assistant::ConfidenceTree;

constexpr std::size_t bins = 32;
constexpr double shrink = 5;           // of leaves with little in them
constexpr double least_gain = 1e-3;

struct Pull {
    double first = 0;    // derivatives of the loss
    double second = 0;
};

class Grower {
public:
    Grower(std::span<Lesson const> lessons, double least_in_leaf) : least_in_leaf_(least_in_leaf), lessons_(lessons), pulls_(lessons.size()), sums_(lessons.size())
    {
        std::size_t const inputs = lessons.empty() ? 0 : lessons[0].input.size();
        for (std::size_t f = 0; f < inputs; ++f)
            cut(f);
    }

    ConfidenceTree grow(float rate)
    {
        for (std::size_t i = 0; i < lessons_.size(); ++i) {
            double const p = 1 / (1 + std::exp(-sums_[i]));
            pulls_[i] = {lessons_[i].weight * ((lessons_[i].yes ? 1 : 0) - p), lessons_[i].weight * p * (1 - p)};
        }
        ConfidenceTree tree;
        places_.assign(lessons_.size(), 0);
        for (std::size_t node = 0; node < tree.inputs.size(); ++node)
            split(tree, node);
        leaves(tree, rate);
        for (std::size_t i = 0; i < lessons_.size(); ++i)
            sums_[i] += assistant::value_of(tree, lessons_[i].input);
        return tree;
    }

private:
    // Where a number may be split, so that about as many lessons fall between any two cuts.
    void cut(std::size_t f)
    {
        std::vector<float> values;
        for (auto const& lesson : lessons_)
            values.push_back(lesson.input[f]);
        std::ranges::sort(values);
        std::vector<float> cuts;
        for (std::size_t b = 1; b < bins; ++b)
            cuts.push_back(values[values.size() * b / bins]);
        cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
        std::vector<std::uint8_t> of;
        for (auto const& lesson : lessons_)
            of.push_back(static_cast<std::uint8_t>(std::ranges::lower_bound(cuts, lesson.input[f]) - cuts.begin()));
        cuts_.push_back(std::move(cuts));
        bins_.push_back(std::move(of));
    }

    static double worth(Pull const& sum) { return sum.first * sum.first / (sum.second + shrink); }

    // The lessons of `node` to its two children (2n + 1, 2n + 2), by the split that gains most.
    void split(ConfidenceTree& tree, std::size_t node)
    {
        Pull all;
        for (std::size_t i = 0; i < lessons_.size(); ++i)
            if (places_[i] == node)
                all = {all.first + pulls_[i].first, all.second + pulls_[i].second};
        double best = least_gain;
        std::size_t best_input = 0, best_bin = bins;
        for (std::size_t f = 0; f < cuts_.size(); ++f) {
            std::array<Pull, bins> sums{};
            for (std::size_t i = 0; i < lessons_.size(); ++i)
                if (places_[i] == node) {
                    auto& sum = sums[bins_[f][i]];
                    sum = {sum.first + pulls_[i].first, sum.second + pulls_[i].second};
                }
            Pull left;
            for (std::size_t b = 0; b < cuts_[f].size(); ++b) {
                left = {left.first + sums[b].first, left.second + sums[b].second};
                Pull const right{all.first - left.first, all.second - left.second};
                if (left.second < least_in_leaf_ || right.second < least_in_leaf_)
                    continue;
                if (double const gain = worth(left) + worth(right) - worth(all); gain > best) {
                    best = gain;
                    best_input = f;
                    best_bin = b;
                }
            }
        }
        tree.inputs[node] = static_cast<std::uint8_t>(best_input);
        tree.most_left[node] = best_bin == bins ? std::numeric_limits<float>::max() : cuts_[best_input][best_bin];
        for (std::size_t i = 0; i < lessons_.size(); ++i)
            if (places_[i] == node)
                places_[i] = 2 * node + (best_bin == bins || bins_[best_input][i] <= best_bin ? 1 : 2);
    }

    void leaves(ConfidenceTree& tree, float rate)
    {
        std::array<Pull, assistant::confidence_leaves> sums{};
        for (std::size_t i = 0; i < lessons_.size(); ++i) {
            auto& sum = sums[places_[i] - tree.inputs.size()];
            sum = {sum.first + pulls_[i].first, sum.second + pulls_[i].second};
        }
        for (std::size_t i = 0; i < sums.size(); ++i)
            tree.leaves[i] = static_cast<float>(rate * sums[i].first / (sums[i].second + shrink));
    }

    double least_in_leaf_;
    std::span<Lesson const> lessons_;
    std::vector<Pull> pulls_;
    std::vector<double> sums_;
    std::vector<std::size_t> places_;                  // of lessons: the node they are in
    std::vector<std::vector<float>> cuts_;             // by input
    std::vector<std::vector<std::uint8_t>> bins_;      // by input, of each lesson
};

}  // namespace

std::vector<ConfidenceTree> grow_trees(std::span<Lesson const> lessons, int count, float rate, double least_in_leaf)
{
    Grower grower(lessons, least_in_leaf);
    std::vector<ConfidenceTree> out;
    for (int i = 0; i < count; ++i)
        out.push_back(grower.grow(rate));
    return out;
}

}  // namespace immunobot::bench
