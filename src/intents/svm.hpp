// One linear support vector machine per class against all others, all trained at once.
//
// Dual coordinate descent (Hsieh et al., 2008) with squared hinge loss. The weights are stored feature by feature, a
// short row of one float per class, so that one pass over a text's features serves all classes. Deterministic: the order of
// the rows is shuffled by a fixed generator.
#pragma once

#include "intents/vocabulary.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace immunobot::intents {

// A matrix, one row of `stride` floats per feature; classes beyond the real ones are padding. The row after the last
// feature is the bias.
struct LinearWeights {
    std::uint32_t features = 0;
    std::uint32_t classes = 0;
    std::uint32_t stride = 0;
    std::vector<float> values;

    LinearWeights() = default;
    LinearWeights(std::uint32_t feature_count, std::uint32_t class_count);

    float* row(std::uint32_t feature) { return values.data() + std::size_t{feature} * stride; }
    float const* row(std::uint32_t feature) const { return values.data() + std::size_t{feature} * stride; }

    // The margin of each class for a text, bias included, into out[0..stride).
    void margins(std::span<Weighted const> cells, std::vector<float>& out) const;

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(features, classes, stride, values);
    }
};

class SvmTrainer {
public:
    // Keeps references: `rows` and `labels` (one class per row, all < classes) have to outlive the trainer.
    SvmTrainer(SparseRows const& rows, std::span<std::uint32_t const> labels, std::uint32_t features,
               std::uint32_t classes);

    // Goes over the rows at most `rounds` times, from where it stands; stops early when nearly nothing moves.
    void run(std::span<std::uint32_t const> rows, int rounds);
    // Takes rows out again, as far as their own weight goes; run() over the others settles the rest.
    void forget(std::span<std::uint32_t const> rows);

    LinearWeights weights() const;

private:
    // Some of the classes: they learn without knowing of the others, so each part may have a thread of its own.
    struct Part {
        std::uint32_t first_class = 0;
        LinearWeights weights;
        std::vector<float> duals;    // one per row and class
        std::vector<float> margins;
        std::vector<float> steps;
    };
    float visit(Part& part, std::uint32_t row) const;
    float visit_all(Part& part, std::span<std::uint32_t const> order) const;
    void add_to_weights(Part& part, std::uint32_t row) const;  // the steps times the row

    SparseRows const& rows_;
    std::span<std::uint32_t const> labels_;
    std::uint32_t features_;
    std::uint32_t classes_;
    std::vector<Part> parts_;
    std::vector<float> squared_length_;  // of each row, bias included
    std::vector<float> slack_own_;       // 1/(2C) of the rows of a class, by class
};

}  // namespace immunobot::intents
