// How classifiers learn: weights from examples, and the threshold of silence from cross-validation.
#pragma once

#include "intents/svm.hpp"
#include "intents/vocabulary.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace immunobot::intents {

// Examples as numbers. The features of one example are a row; labels are classes from 0.
struct Lessons {
    SparseRows occurrences;
    SparseRows values;  // the same cells, weighed
    std::vector<std::uint32_t> labels;
    std::uint32_t classes = 0;
};

struct Learned {
    LinearWeights weights;
    double threshold = 0;
};

// Learns the weights, then asks each example of a model that has not seen it (nearly: one that has forgotten it). The
// threshold is the score that all but `withheld` of the right answers reach.
Learned learn(Lessons const& lessons, Vocabulary const& vocabulary, double withheld);

// The weights alone, of so many features, going over the examples (their values and labels) at most `rounds` times.
LinearWeights learn_weights(Lessons const& lessons, std::uint32_t features, int rounds);

// The class with the highest margin, and its probability among all classes and "none of them", which is the likelier
// the less of the question is known.
struct Best {
    std::uint32_t label = 0;
    double score = 0;
};
Best best_of(std::span<float const> margins, float known_share);

// What divides the exponential of a margin less the best one into a probability.
double partition(std::span<float const> margins, float best, float known_share);
double likelihood(float margin, float best);

}  // namespace immunobot::intents
