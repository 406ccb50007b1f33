// What the embedding model learns from, and what of a question it reads: its words as understood, and whom they name.
#pragma once

#include "assistant/analysis.hpp"
#include "assistant/linker.hpp"
#include "intents/embedding_trainer.hpp"
#include "intents/refusals.hpp"
#include "knowledge/model.hpp"

#include <string>
#include <vector>

namespace immunobot::assistant {

// The file of the data folder that holds what was learned.
inline constexpr char const* embeddings_file = "embeddings.bin";

// A lesson for every way of asking, every question of the FAQ, and every refusal that stands for one question.
std::vector<intents::EmbeddingLesson> embedding_lessons(knowledge::Knowledge const& knowledge, std::vector<intents::Refusal> const& refusals, Linker const& linker);

// Of the questions that they are made of and what answers each: not of how this version of the program reads them, which a model that is
// a little older bears.
std::string digest_of(knowledge::Knowledge const& knowledge, std::vector<intents::Refusal> const& refusals);

void embedding_features(Snapshot const& snapshot, Analysis const& analysis, std::vector<intents::EmbeddingModel::Feature>& out);

}  // namespace immunobot::assistant
