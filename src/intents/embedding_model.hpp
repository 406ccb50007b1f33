// A second opinion on what a text asks for: a linear classifier over the mean of the embeddings of its words, pairs of
// words and pieces of words (fastText; Joulin et al., "Bag of Tricks for Efficient Text Classification", 2017). It reads
// what the keywords and the lists of the index do not: word order, endings, words that go together.
//
// Learned beforehand (embedding_trainer.hpp) and kept in a file, since it takes seconds. Immutable once made; any number of
// threads may read. What a text gets is a sum over its features, so every decision can be told feature by feature.
#pragma once

#include "base/error.hpp"
#include "base/kept.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::intents {

class EmbeddingModel {
public:
    using Feature = std::uint16_t;
    using Label = std::uint32_t;

    // Several models learned apart, side by side: the mean of what they say is steadier than any of them.
    static constexpr std::size_t members = 3;
    static constexpr std::size_t member_dimensions = 48;
    static constexpr std::size_t dimensions = members * member_dimensions;
    static constexpr std::size_t buckets = 1u << 14;
    static constexpr Label none = 0;                                  // that nothing answers
    static constexpr Label unknown = static_cast<Label>(-1);          // what the model has not learned
    using Vector = std::array<float, dimensions>;

    // Appends the features of folded `words`, and of `names` (ids of what the words name).
    static void add_features(std::span<std::string_view const> words, std::span<std::string_view const> names, std::vector<Feature>& out);

    bool empty() const { return labels_.empty(); }
    std::span<std::string const> labels() const { return labels_; }
    Label label_of(std::string_view name) const;
    // A digest of what it was learned from.
    std::string const& origin() const { return origin_; }

    // ln p of each label, `none` first, into out[0..labels().size()).
    void read(std::span<Feature const> features, std::vector<float>& out) const;

    // What the trainer found: a row of `dimensions` per bucket, and one per label; the labels sorted but for the first.
    EmbeddingModel() = default;
    EmbeddingModel(std::vector<std::string> labels, std::span<Vector const> inputs, std::vector<Vector> outputs, std::string origin);

    // The file holds the program's own bytes; one that is not whole is an error. It is replaced in one step.
    static Result<EmbeddingModel> load(std::string const& path);
    Result<void> save(std::string const& path) const;

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(origin_, labels_, scales_, bytes_, outputs_);
    }

private:
    bool is_whole() const;

    std::string origin_;
    std::vector<std::string> labels_;
    Kept<float> scales_;          // by bucket: what one step of its bytes is worth
    Kept<std::int8_t> bytes_;     // by bucket, `dimensions` each
    Kept<float> outputs_;         // by label, `dimensions` each
};

}  // namespace immunobot::intents
