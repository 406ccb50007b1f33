// Which property of an entity a question is about ("founded", "leader", ...), learned from the ways of asking that the
// knowledge and the intents' examples hold, whatever the entity: what is asked of one company teaches how to ask of another.
//
// The linear support vector machine of intents/training.hpp over stems and pairs of neighbouring stems, names replaced by
// their kind. Immutable once trained; any number of threads may ask, each with its own Scratch.
#pragma once

#include "assistant/vocabulary.hpp"
#include "intents/packed_weights.hpp"
#include "intents/vocabulary.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace immunobot::assistant {

class PropertyModel {
public:
    // The words of a question in order, as stems (no_term: a word that is not known); a name is a name_of_kind().
    using Terms = std::vector<TermId>;
    // The label of a question that no property answers.
    static constexpr std::uint16_t none = 0xFFFF;
    // Stands for a name in Terms.
    static TermId name_of_kind(std::uint16_t kind) { return 0xFFFF0000u + kind; }
    // Stands for the meaning of a word or phrase in Terms, after all words.
    static TermId meaning(intents::ConceptId id) { return 0xFF000000u + id; }
    static constexpr std::uint16_t no_kind = 0xFFF0;   // names whose kind is not known

    // The working memory of one thread, and the question that was read last.
    class Scratch {
    public:
        // Its features, weighed.
        std::vector<intents::Weighted> const& values() const { return occurrences_.known; }

    private:
        friend class PropertyModel;
        friend class FactModels;
        std::vector<intents::Feature> features_;
        intents::Occurrences occurrences_;
        float known_ = 0;                       // 0..1: how much of it any example has
        std::vector<intents::Weighted> own_;
        std::vector<float> margins_;
    };

    // Puts meanings after the words, each once.
    static void add_meanings(Terms& terms, std::vector<intents::ConceptId>& meanings);

    void add(Terms const& terms, std::uint16_t property);
    // After the last add().
    void train(std::size_t properties);

    // Reads a question, for score().
    void read(Terms const& terms, Scratch& scratch) const;
    // The probability of every property, into out, and last that of a wish for which there is no property.
    void score(Scratch& scratch, std::vector<float>& out) const;
    // Margins of classes, of which the last is none of them, as probabilities.
    static void to_probabilities(std::vector<float> const& margins, float known, std::vector<float>& out);

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(properties_, vocabulary_, weights_);
    }

private:
    static void features_of(Terms const& terms, std::vector<intents::Feature>& features);

    std::vector<Terms> examples_;             // until trained
    std::vector<std::uint16_t> labels_;
    std::size_t properties_ = 0;
    intents::Vocabulary vocabulary_;
    intents::PackedWeights weights_;
};

}  // namespace immunobot::assistant
