// Which property of an entity a question is about ("founded", "leader", ...), learned from the ways of asking that the
// knowledge and the intents' examples hold, whatever the entity: what is asked of one company teaches how to ask of another.
//
// A softmax regression over stems, pairs of neighbouring stems and the kind of the entity named, trained by stochastic
// gradient descent in a fixed order: the same examples give the same weights. Immutable once trained; any number of
// threads may ask.
#pragma once

#include "assistant/vocabulary.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
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
    static constexpr std::uint16_t no_kind = 0xFFF0;   // names whose kind is not known

    void add(Terms const& terms, std::uint16_t property);
    // After the last add().
    void train(std::size_t properties);

    // ln p of every property, into out, and last that of a wish for which there is no property; all equal when nothing is
    // known.
    void score(Terms const& terms, std::vector<float>& out) const;

    std::size_t examples() const { return labels_.size(); }

private:
    using Key = std::uint64_t;
    bool is_novel(TermId term) const;
    void read(Terms const& terms, std::vector<Key>& keys) const;
    void add_row(float* out, std::uint32_t row, float times) const;

    std::unordered_map<Key, std::uint32_t> rows_;
    std::vector<Terms> examples_;             // until trained
    std::vector<std::uint16_t> uses_;         // by stem: examples that have it
    std::vector<std::uint16_t> labels_;
    std::vector<float> weights_;              // rows of `width_`
    std::size_t width_ = 0;
    std::size_t properties_ = 0;
};

}  // namespace immunobot::assistant
