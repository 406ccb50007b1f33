// Gradient-boosted trees of one depth for a yes or no, logistic loss (Friedman, 2001; second-order leaves as in Chen and
// Guestrin, 2016). Small and exact enough for some ten thousand rows of some dozen numbers; deterministic.
#pragma once

#include "assistant/confidence_trees.hpp"

#include <span>
#include <vector>

namespace immunobot::bench {

struct Lesson {
    std::vector<float> input;
    bool yes = false;
    float weight = 1;
};

// `count` trees, each adding `rate` of what it would take to be right.
// `least_in_leaf`: the sum of second derivatives that a leaf has at least, about a fifth of as many lessons.
std::vector<assistant::ConfidenceTree> grow_trees(std::span<Lesson const> lessons, int count, float rate, double least_in_leaf = 20);

}  // namespace immunobot::bench
