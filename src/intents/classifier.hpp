// Which intent is a question about, learned from example questions alone; and when to keep silent.
//
// A sparse linear model: no pretrained part, the same bytes for the same examples, and one fixed setting for every set of
// examples. What it learned can be told as words and weights.
#pragma once

#include "base/language.hpp"
#include "intents/features.hpp"
#include "intents/svm.hpp"
#include "intents/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::intents {

struct Example {
    std::string text;    // as people type it; entities replaced by "{entity}" or "{entity:kind}"
    std::string intent;
    std::optional<Language> language = {};  // guessed from its words if not said
};

struct TrainingOptions {
    // The share of its right answers that the classifier may withhold in order to keep silent where it
    // knows nothing; the threshold follows from it by cross-validation on the examples.
    double withheld = 0.04;
};

// Immutable once trained: any number of threads may ask one classifier, each with a Scratch of its own.
class Classifier {
public:
    // The working memory of one thread; grows to what the longest question needs.
    class Scratch {
        friend class Classifier;
        FeatureReader reader_;
        Occurrences occurrences_;
        std::vector<float> margins_;
        float known_share_ = 0;
    };

    struct Score {
        std::uint32_t intent = 0;  // its place in intents()
        float score = 0;
    };
    struct Decision {
        std::string_view intent;  // the likeliest one, answered or not; empty if there are no intents
        double score = 0;         // 0..1; all intents and "none of them" sum to 1
        bool answered = false;    // score >= threshold(), and at least one word or piece of a word is known
    };
    struct Reason {
        std::string word;         // as typed; a sign or a placeholder too
        double weight = 0;        // its part of the margin: for the intent above 0, against it below
        bool known = false;       // some example has this word
    };
    struct Explanation {
        std::vector<Reason> reasons;  // in the order of the text
        double bias = 0;              // what the intent has before any word is read
        double margin = 0;            // bias and all weights, summed
        double known_share = 0;       // how much of the question's weight the examples have, 0..1
    };

    // Never fails: without examples it knows no intent. Time is linear in the total length of the examples times the number
    // of intents.
    static Classifier train(std::span<Example const> examples, TrainingOptions const& options = {});

    // The scores of all intents, best first (equal ones in the order of intents()).
    void score(std::string_view text, Scratch& scratch, std::vector<Score>& out,
               std::optional<Language> language = {}) const;
    Decision decide(std::string_view text, Scratch& scratch, std::optional<Language> language = {}) const;

    // For people; nothing if there is no such intent.
    std::optional<Explanation> explain(std::string_view text, std::string_view intent,
                                       std::optional<Language> language = {}) const;

    std::vector<std::string> const& intents() const { return intents_; }  // sorted
    double threshold() const { return threshold_; }

private:
    void read(std::string_view text, std::optional<Language> language, Scratch& scratch) const;

    std::vector<std::string> intents_;
    Vocabulary vocabulary_;
    LinearWeights weights_;
    double threshold_ = 0;
};

}  // namespace immunobot::intents
