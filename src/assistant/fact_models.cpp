#include "assistant/fact_models.hpp"

#include "intents/training.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr int fact_rounds = 30;   // nearly to the optimum, so that a change of the data moves few answers that it is not about (docs/understanding.md)
constexpr int least_weight = 3;   // of 127: what weighs less for every fact is not kept

}  // namespace

void FactModels::add(std::uint32_t entity, Terms terms, std::uint16_t place)
{
    if (examples_.size() <= entity)
        examples_.resize(entity + std::size_t{1});
    examples_[entity].push_back({std::move(terms), place});
}

void FactModels::train(PropertyModel const& model, std::vector<std::uint16_t> const& facts)
{
    examples_.resize(std::max(examples_.size(), facts.size()));
    PropertyModel::Scratch scratch;
    for (std::size_t entity = 0; entity < facts.size(); ++entity)
        models_.push_back(train_one(model, examples_[entity], facts[entity], scratch));
    examples_ = {};
}

FactModels::Model FactModels::train_one(PropertyModel const& model, std::vector<Example> const& examples, std::uint16_t facts, PropertyModel::Scratch& scratch)
{
    Model out;
    if (examples.empty() || facts == 0)
        return out;
    intents::Lessons lessons;
    lessons.classes = facts + 1u;
    for (auto const& example : examples) {
        model.read(example.terms, scratch);
        lessons.values.cells.insert(lessons.values.cells.end(), scratch.values().begin(), scratch.values().end());
        lessons.values.close();
        lessons.labels.push_back(example.place < facts ? example.place : facts);
    }
    for (auto const& cell : lessons.values.cells)
        out.features.push_back(cell.feature);
    std::ranges::sort(out.features);
    out.features.erase(std::unique(out.features.begin(), out.features.end()), out.features.end());
    for (auto& cell : lessons.values.cells)
        cell.feature = static_cast<std::uint32_t>(std::ranges::lower_bound(out.features, cell.feature) - out.features.begin());
    out.weights = intents::PackedWeights(intents::learn_weights(lessons, static_cast<std::uint32_t>(out.features.size()), fact_rounds));
    std::vector<std::uint32_t> kept, names;
    for (std::uint32_t i = 0; i < out.features.size(); ++i)
        if (out.weights.heaviest(i) >= least_weight) {
            kept.push_back(i);
            names.push_back(out.features[i]);
        }
    out.weights.keep(kept);
    out.features = std::move(names);
    return out;
}

void FactModels::score(std::uint32_t entity, PropertyModel::Scratch& question, std::vector<float>& out) const
{
    out.clear();
    if (entity >= models_.size() || models_[entity].features.empty())
        return;
    auto const& model = models_[entity];
    question.own_.clear();
    for (auto const& cell : question.values()) {
        auto const at = std::ranges::lower_bound(model.features, cell.feature);
        if (at != model.features.end() && *at == cell.feature)
            question.own_.push_back({static_cast<std::uint32_t>(at - model.features.begin()), cell.value});
    }
    model.weights.margins(question.own_, question.margins_);
    PropertyModel::to_probabilities(question.margins_, question.known_, out);
}

}  // namespace immunobot::assistant
