#include "intents/embedding_trainer.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

using namespace immunobot;
using namespace immunobot::intents;

namespace {

using Words = std::vector<std::string_view>;

EmbeddingLesson lesson(Words const& words, std::string label)
{
    EmbeddingLesson out;
    EmbeddingModel::add_features(words, {}, out.features);
    out.label = std::move(label);
    return out;
}

// A few ways to ask for three things, many times over.
EmbeddingModel small_model()
{
    std::vector<EmbeddingLesson> lessons;
    for (int i = 0; i < 40; ++i) {
        lessons.push_back(lesson({"when", "was", "it", "founded"}, "founded"));
        lessons.push_back(lesson({"founding", "year"}, "founded"));
        lessons.push_back(lesson({"who", "is", "the", "director"}, "leader"));
        lessons.push_back(lesson({"who", "leads", "it"}, "leader"));
        lessons.push_back(lesson({"is", "there", "parking"}, ""));
        lessons.push_back(lesson({"what", "does", "parking", "cost"}, ""));
    }
    return train_embeddings(lessons, "some lessons");
}

EmbeddingModel::Label likeliest(EmbeddingModel const& model, Words const& words)
{
    std::vector<EmbeddingModel::Feature> features;
    EmbeddingModel::add_features(words, {}, features);
    std::vector<float> out;
    model.read(features, out);
    return static_cast<EmbeddingModel::Label>(std::ranges::max_element(out) - out.begin());
}

std::string file_of(EmbeddingModel const& model)
{
    auto const path = (std::filesystem::temp_directory_path() / ("immunobot-model-" + std::to_string(getpid()))).string();
    REQUIRE(model.save(path).has_value());
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    std::filesystem::remove(path);
    return all.str();
}

Result<EmbeddingModel> from_file(std::string const& bytes)
{
    auto const path = (std::filesystem::temp_directory_path() / ("immunobot-model-in-" + std::to_string(getpid()))).string();
    std::ofstream(path, std::ios::binary) << bytes;
    auto out = EmbeddingModel::load(path);
    std::filesystem::remove(path);
    return out;
}

}  // namespace

TEST_CASE("an embedding model tells what it has learned, also in words that it has not seen", "[intents]")
{
    auto const model = small_model();
    REQUIRE(model.labels().size() == 3);
    CHECK(model.labels()[EmbeddingModel::none].empty());
    CHECK(model.label_of("nobody") == EmbeddingModel::unknown);
    struct { Words words; EmbeddingModel::Label label; } const rows[] = {
        {{"when", "was", "it", "founded"}, model.label_of("founded")},
        {{"fondation", "year"}, model.label_of("founded")},
        {{"directors"}, model.label_of("leader")},
        {{"parking", "costs"}, EmbeddingModel::none},
    };
    for (auto const& row : rows)
        CHECK(likeliest(model, row.words) == row.label);
}

TEST_CASE("the likelihoods of an embedding model add up to one, also of nothing", "[intents]")
{
    auto const model = small_model();
    for (auto const& words : {Words{}, Words{"who"}, Words{"qwertz", "parking"}}) {
        std::vector<EmbeddingModel::Feature> features;
        EmbeddingModel::add_features(words, {}, features);
        std::vector<float> out;
        model.read(features, out);
        float sum = 0;
        for (float const one : out)
            sum += std::exp(one);
        CHECK(sum == Approx(1).margin(0.001));
    }
}

TEST_CASE("all numbers are one word to an embedding model", "[intents]")
{
    std::vector<EmbeddingModel::Feature> one, other, word;
    EmbeddingModel::add_features(Words{"in", "1986"}, {}, one);
    EmbeddingModel::add_features(Words{"in", "7"}, {}, other);
    EmbeddingModel::add_features(Words{"in", "iph4502"}, {}, word);
    CHECK(one == other);
    CHECK(one != word);
}

TEST_CASE("the same lessons give the same embedding model, and its file gives it back", "[intents]")
{
    auto const model = small_model();
    auto const bytes = file_of(model);
    CHECK(file_of(small_model()) == bytes);
    auto const again = from_file(bytes);
    REQUIRE(again.has_value());
    CHECK(again->origin() == "some lessons");
    CHECK(file_of(*again) == bytes);
}

TEST_CASE("a file that is no whole embedding model is an error that says what to do", "[intents]")
{
    auto const bytes = file_of(small_model());
    auto changed = bytes;
    changed[bytes.size() / 2] ^= 1;
    for (auto const& broken : {std::string(), std::string("something else"), bytes.substr(0, bytes.size() - 1), bytes + "x", changed}) {
        auto const read = from_file(broken);
        REQUIRE(read.has_error());
        CHECK(read.error().hint.find("immunobot learn") != std::string::npos);
    }
    CHECK(EmbeddingModel::load("/nowhere/embeddings.bin").has_error());
}
