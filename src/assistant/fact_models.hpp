// Which of an entity's facts a question is about, learned for each entity from the ways of asking for its facts against
// each other, and against what is asked of it in vain (refusals that name it, and wishes for what only others have).
//
// Shares the vocabulary of the property model, and reads what that has read. Immutable once trained; any number of threads
// may ask.
#pragma once

#include "assistant/property_model.hpp"
#include "intents/packed_weights.hpp"

#include <cstdint>
#include <vector>

namespace immunobot::assistant {

class FactModels {
public:
    using Terms = PropertyModel::Terms;

    // A way of asking `entity` (a number from 0) for its fact number `place`, or for none of them (PropertyModel::none).
    void add(std::uint32_t entity, Terms terms, std::uint16_t place);
    // After the last add(): `model` is trained, `facts` of them each entity has.
    void train(PropertyModel const& model, std::vector<std::uint16_t> const& facts);

    // The probability of each of the entity's facts, and last that of none of them; all 0 where nothing was learned.
    void score(std::uint32_t entity, PropertyModel::Scratch& question, std::vector<float>& out) const;

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(models_);
    }

private:
    struct Example {
        Terms terms;
        std::uint16_t place = 0;
    };
    struct Model {
        std::vector<std::uint32_t> features;   // of the vocabulary, ascending
        intents::PackedWeights weights;

        template <class Archive>
        void transfer(Archive& archive)
        {
            archive(features, weights);
        }
    };
    static Model train_one(PropertyModel const& model, std::vector<Example> const& examples, std::uint16_t facts, PropertyModel::Scratch& scratch);

    std::vector<std::vector<Example>> examples_;   // by entity, until trained
    std::vector<Model> models_;
};

}  // namespace immunobot::assistant
