#include "intents/embedding_trainer.hpp"

#include "intents/lanes.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace immunobot::intents {
namespace {

constexpr int epochs = 16;
constexpr float first_rate = 0.3f;
constexpr std::uint32_t hidden_of_ten = 6;
constexpr float least_pull = 1e-4f;         // of a label: less is not worth moving it
constexpr float first_square = 1e-6f;

constexpr std::size_t dimensions = EmbeddingModel::member_dimensions;
using Vector = std::array<float, dimensions>;   // of one member

float square(Vector const& v)
{
    float out = 0;
    dot_rows(&out, v.data(), 1, v.data(), dimensions);
    return out / static_cast<float>(dimensions);
}

void add(Vector& to, float times, Vector const& what)
{
    for (std::size_t d = 0; d < to.size(); ++d)
        to[d] += times * what[d];
}

class Trainer {
public:
    Trainer(std::size_t labels, std::uint32_t seed) : inputs_(EmbeddingModel::buckets), outputs_(labels), random_(seed), input_squares_(inputs_.size(), first_square), output_squares_(labels, first_square)
    {
        auto const small = [&] { return (static_cast<float>(random_() % 2001) / 1000 - 1) / static_cast<float>(dimensions); };
        for (auto& row : inputs_)
            for (float& value : row)
                value = small();
    }

    std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

    void look_at(std::vector<EmbeddingModel::Feature> const& features, EmbeddingModel::Label label, float rate)
    {
        seen_.clear();
        for (auto const feature : features)
            if (below(10) >= hidden_of_ten)
                seen_.push_back(feature);
        if (seen_.empty())
            return;
        float const share = 1 / std::sqrt(static_cast<float>(seen_.size()));
        Vector mean{};
        for (auto const feature : seen_)
            add(mean, share, inputs_[feature]);
        likelihoods(mean);
        Vector pull{};
        float const length = square(mean);
        for (std::size_t k = 0; k < outputs_.size(); ++k) {
            float const error = p_[k] - (k == label ? 1.0f : 0.0f);
            if (std::abs(error) < least_pull)
                continue;
            add(pull, error, outputs_[k]);
            output_squares_[k] += error * error * length;
            add(outputs_[k], -rate / std::sqrt(output_squares_[k]) * error, mean);
        }
        float const pulled = square(pull) * share * share;
        for (auto const feature : seen_) {
            input_squares_[feature] += pulled;
            add(inputs_[feature], -rate / std::sqrt(input_squares_[feature]) * share, pull);
        }
    }

    std::vector<Vector> inputs_;
    std::vector<Vector> outputs_;

private:
    void likelihoods(Vector const& mean)
    {
        p_.resize(outputs_.size());
        dot_rows(p_.data(), outputs_.data()->data(), p_.size(), mean.data(), dimensions);
        float const best = *std::ranges::max_element(p_);
        float sum = 0;
        for (float& p : p_) {
            p = std::exp(p - best);
            sum += p;
        }
        for (float& p : p_)
            p /= sum;
    }

    std::mt19937 random_;
    std::vector<float> input_squares_;
    std::vector<float> output_squares_;
    std::vector<EmbeddingModel::Feature> seen_;
    std::vector<float> p_;
};

void learn(Trainer& trainer, std::vector<EmbeddingLesson> const& lessons, std::vector<EmbeddingModel::Label> const& wanted, std::function<void(int)> const& progress)
{
    std::vector<std::uint32_t> order(lessons.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    for (int round = 0; round < epochs; ++round) {
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[trainer.below(i)]);
        float const rate = first_rate * (1 - static_cast<float>(round) / epochs);
        for (auto const i : order)
            trainer.look_at(lessons[i].features, wanted[i], rate);
        progress(round + 1);
    }
}

}  // namespace

EmbeddingModel train_embeddings(std::vector<EmbeddingLesson> lessons, std::string origin, std::function<void(int, int)> const& progress)
{
    std::set<std::string> names;
    for (auto const& lesson : lessons)
        names.insert(lesson.label);
    names.erase("");
    std::vector<std::string> labels{""};
    labels.insert(labels.end(), names.begin(), names.end());
    std::vector<EmbeddingModel::Label> wanted;
    for (auto const& lesson : lessons)
        wanted.push_back(lesson.label.empty() ? 0 : static_cast<EmbeddingModel::Label>(std::lower_bound(labels.begin() + 1, labels.end(), lesson.label) - labels.begin()));

    std::vector<EmbeddingModel::Vector> inputs(EmbeddingModel::buckets), outputs(labels.size());
    for (std::size_t member = 0; member < EmbeddingModel::members; ++member) {
        Trainer trainer(labels.size(), static_cast<std::uint32_t>(member) + 1);
        auto const done = static_cast<int>(member) * epochs;
        learn(trainer, lessons, wanted, [&](int round) {
            if (progress)
                progress(done + round, epochs * static_cast<int>(EmbeddingModel::members));
        });
        // The mean of the members' scores.
        auto const put = [&](std::vector<EmbeddingModel::Vector>& all, std::vector<Vector> const& own, float share) {
            for (std::size_t i = 0; i < own.size(); ++i)
                for (std::size_t d = 0; d < dimensions; ++d)
                    all[i][member * dimensions + d] = own[i][d] * share;
        };
        put(inputs, trainer.inputs_, 1);
        put(outputs, trainer.outputs_, 1 / static_cast<float>(EmbeddingModel::members));
    }
    return {std::move(labels), inputs, std::move(outputs), std::move(origin)};
}

}  // namespace immunobot::intents
