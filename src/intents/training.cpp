#include "intents/training.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace immunobot::intents {
namespace {

constexpr int training_rounds = 10;        // over all examples, at most
constexpr int fold_rounds = 3;    // over the others, after forgetting a fold
constexpr std::uint32_t folds = 5;

// The part of the likeness to an intent's examples as a whole, next to what parts it from the other intents.
// It carries intents with one or two examples.
constexpr float likeness = 0.5f;

constexpr float sharpness = 4;           // of the softmax over margins
constexpr float none_if_unknown = 1.0f;  // margin of "none of them" when nothing is known,
constexpr float none_if_known = 0.2f;    // and when all words are

using Rows = std::vector<std::uint32_t>;

// Adds to each class's weights the direction of the sum of its rows.
void add_likeness(LinearWeights& weights, Lessons const& lessons, Rows const& rows)
{
    std::vector<Rows> by_class(lessons.classes);
    for (std::uint32_t const row : rows)
        by_class[lessons.labels[row]].push_back(row);
    std::vector<float> sum(weights.features, 0.0f);
    Rows touched;
    for (std::uint32_t k = 0; k < lessons.classes; ++k) {
        for (std::uint32_t const row : by_class[k])
            for (auto const& cell : lessons.values.row(row)) {
                if (sum[cell.feature] == 0)
                    touched.push_back(cell.feature);
                sum[cell.feature] += cell.value;
            }
        float square = 0;
        for (std::uint32_t const feature : touched)
            square += sum[feature] * sum[feature];
        float const factor = square > 0 ? likeness / std::sqrt(square) : 0;
        for (std::uint32_t const feature : touched) {
            weights.row(feature)[k] += factor * sum[feature];
            sum[feature] = 0;
        }
        touched.clear();
    }
}

// Which part of a fold each row is: the rows of a class are dealt out in turn.
std::vector<Rows> deal(Lessons const& lessons)
{
    Rows order(lessons.labels.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t row) { return lessons.labels[row]; });
    std::vector<Rows> hands(folds);
    for (std::size_t i = 0; i < order.size(); ++i)
        hands[i % folds].push_back(order[i]);
    return hands;
}

// Asks the examples of one fold as if they were questions, of a model that knows the others.
class Examiner {
public:
    Examiner(Lessons const& lessons, Vocabulary const& vocabulary, SvmTrainer& trainer)
        : lessons_(lessons), vocabulary_(vocabulary), trainer_(trainer)
    {
    }

    // Appends the scores of the right answers.
    void examine(Rows const& fold, std::vector<double>& right)
    {
        Rows others;
        std::vector<std::uint8_t> hidden(vocabulary_.size(), 1);
        std::vector<std::uint8_t> held(lessons_.labels.size(), 0);
        for (std::uint32_t const row : fold)
            held[row] = 1;
        for (std::uint32_t row = 0; row < held.size(); ++row) {
            if (held[row] != 0)
                continue;
            others.push_back(row);
            for (auto const& cell : lessons_.occurrences.row(row))
                hidden[cell.feature] = 0;
        }
        trainer_.forget(fold);
        trainer_.run(others, fold_rounds);
        LinearWeights weights = trainer_.weights();
        add_likeness(weights, lessons_, others);
        for (std::uint32_t const row : fold)
            ask(row, weights, hidden, right);
    }

private:
    void ask(std::uint32_t row, LinearWeights const& weights, std::span<std::uint8_t const> hidden,
             std::vector<double>& right)
    {
        auto const occurrences = lessons_.occurrences.row(row);
        cells_.assign(occurrences.begin(), occurrences.end());
        float const share = vocabulary_.known_share(cells_, 0, hidden);
        vocabulary_.weigh(cells_, hidden);
        weights.margins(cells_, margins_);
        Best const best = best_of(std::span(margins_).first(weights.classes), share);
        if (best.label == lessons_.labels[row])
            right.push_back(best.score);
    }

    Lessons const& lessons_;
    Vocabulary const& vocabulary_;
    SvmTrainer& trainer_;
    std::vector<Weighted> cells_;
    std::vector<float> margins_;
};

}  // namespace

double likelihood(float margin, float best)
{
    return std::exp(static_cast<double>(sharpness * (margin - best)));
}

double partition(std::span<float const> margins, float best, float known_share)
{
    float const none = none_if_unknown + (none_if_known - none_if_unknown) * known_share;
    double sum = likelihood(none, best);
    for (float const margin : margins)
        sum += likelihood(margin, best);
    return sum;
}

Best best_of(std::span<float const> margins, float known_share)
{
    auto const best = std::ranges::max_element(margins);
    return {static_cast<std::uint32_t>(best - margins.begin()), 1 / partition(margins, *best, known_share)};
}

LinearWeights learn_weights(Lessons const& lessons, std::uint32_t features, int most_rounds)
{
    Rows all(lessons.labels.size());
    std::iota(all.begin(), all.end(), 0u);
    SvmTrainer trainer(lessons.values, lessons.labels, features, lessons.classes);
    trainer.run(all, most_rounds);
    LinearWeights weights = trainer.weights();
    add_likeness(weights, lessons, all);
    return weights;
}

Learned learn(Lessons const& lessons, Vocabulary const& vocabulary, double withheld)
{
    Rows all(lessons.labels.size());
    std::iota(all.begin(), all.end(), 0u);
    SvmTrainer trainer(lessons.values, lessons.labels, vocabulary.size(), lessons.classes);
    trainer.run(all, training_rounds);
    Learned learned{trainer.weights(), 0};
    add_likeness(learned.weights, lessons, all);

    std::vector<double> right;
    Examiner examiner(lessons, vocabulary, trainer);
    for (auto const& fold : deal(lessons))
        examiner.examine(fold, right);
    std::ranges::sort(right);
    if (!right.empty())
        learned.threshold = right[std::min(right.size() - 1, static_cast<std::size_t>(withheld * static_cast<double>(right.size())))];
    return learned;
}

}  // namespace immunobot::intents
