// Learns an EmbeddingModel: softmax over all labels, stochastic gradient descent with a step of its own for each row
// (AdaGrad; Duchi et al., 2011), a part of the features hidden at each look so that no single one is relied on.
// Deterministic: the same lessons give the same model. Takes half a minute for fifty thousand lessons.
#pragma once

#include "intents/embedding_model.hpp"

#include <functional>
#include <string>
#include <vector>

namespace immunobot::intents {

struct EmbeddingLesson {
    std::vector<EmbeddingModel::Feature> features;
    std::string label;   // empty: nothing answers it
};

// `progress(done, all)` is told after each round.
EmbeddingModel train_embeddings(std::vector<EmbeddingLesson> lessons, std::string origin, std::function<void(int, int)> const& progress = {});

}  // namespace immunobot::intents
