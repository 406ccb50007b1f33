#include "assistant/property_model.hpp"

#include "intents/training.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr int property_rounds = 5;

// Pairs that stand in fewer questions teach next to nothing, and are two thirds of all features.
constexpr std::uint8_t least_uses = 2;
constexpr int counter_bits = 24;  // two pairs that share a counter may both be kept, which does no harm

// Keys of features are spread over 64 bits, never 0.
std::uint64_t spread(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return (value ^ (value >> 31)) | 1u;
}

}  // namespace

void PropertyModel::features_of(Terms const& terms, std::vector<intents::Feature>& features)
{
    constexpr TermId edge = 0xFFFEFFFFu;
    features.clear();
    TermId before = edge;
    for (TermId const term : terms) {
        if (term >= meaning(0) && term < edge) {
            features.push_back({spread(term), intents::Block::words, false, 0, 0});
            continue;
        }
        bool const is_word = term < meaning(0) || term == no_term;
        features.push_back({spread(term), intents::Block::words, is_word, 0, 0});
        features.push_back({spread((std::uint64_t{before} + 1) << 32 | term), intents::Block::words, false, 0, 0});
        before = term;
    }
    features.push_back({spread((std::uint64_t{before} + 1) << 32 | edge), intents::Block::words, false, 0, 0});
}

void PropertyModel::add_meanings(Terms& terms, std::vector<intents::ConceptId>& meanings)
{
    std::ranges::sort(meanings);
    meanings.erase(std::unique(meanings.begin(), meanings.end()), meanings.end());
    for (auto const id : meanings)
        terms.push_back(meaning(id));
}

void PropertyModel::add(Terms const& terms, std::uint16_t property)
{
    examples_.push_back(terms);
    labels_.push_back(property);
}

void PropertyModel::train(std::size_t properties)
{
    properties_ = properties;
    intents::Lessons lessons;
    lessons.classes = static_cast<std::uint32_t>(properties + 1);
    Scratch scratch;
    std::vector<std::uint8_t> uses(std::size_t{1} << counter_bits);
    auto const counter = [&](intents::Feature const& feature) -> std::uint8_t& { return uses[feature.key >> (64 - counter_bits)]; };
    for (auto const& example : examples_) {
        features_of(example, scratch.features_);
        for (auto const& feature : scratch.features_)
            if (auto& count = counter(feature); count < least_uses)
                ++count;
    }
    for (std::size_t i = 0; i < examples_.size(); ++i) {
        features_of(examples_[i], scratch.features_);
        std::erase_if(scratch.features_, [&](intents::Feature const& feature) { return !feature.is_word && counter(feature) < least_uses; });
        vocabulary_.add(scratch.features_, scratch.occurrences_, lessons.occurrences);
        lessons.labels.push_back(labels_[i] == none ? static_cast<std::uint32_t>(properties) : labels_[i]);
    }
    examples_ = {};
    labels_ = {};
    vocabulary_.finish();
    lessons.values = lessons.occurrences;
    for (std::size_t i = 0; i < lessons.values.size(); ++i)
        vocabulary_.weigh(lessons.values.row(i));
    weights_ = intents::PackedWeights(intents::learn_weights(lessons, vocabulary_.size(), property_rounds));
}

void PropertyModel::read(Terms const& terms, Scratch& scratch) const
{
    features_of(terms, scratch.features_);
    vocabulary_.count(scratch.features_, scratch.occurrences_);
    scratch.known_ = vocabulary_.known_share(scratch.occurrences_.known, scratch.occurrences_.unknown_words);
    vocabulary_.weigh(scratch.occurrences_.known);
}

void PropertyModel::score(Scratch& scratch, std::vector<float>& out) const
{
    out.assign(properties_ + 1, 0);
    if (weights_.classes() == 0)
        return;
    weights_.margins(scratch.values(), scratch.margins_);
    to_probabilities(scratch.margins_, scratch.known_, out);
}

void PropertyModel::to_probabilities(std::vector<float> const& margins, float known, std::vector<float>& out)
{
    out.assign(margins.size(), 0);
    float const best = *std::ranges::max_element(margins);
    double const sum = intents::partition(margins, best, known);
    double all = 0;
    for (std::size_t i = 0; i < margins.size(); ++i) {
        out[i] = static_cast<float>(intents::likelihood(margins[i], best) / sum);
        all += out[i];
    }
    out.back() += static_cast<float>(1 - all);  // nothing that was learned
}

}  // namespace immunobot::assistant
