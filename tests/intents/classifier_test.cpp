#include "intents/classifier.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>

using namespace immunobot;
using namespace immunobot::intents;

namespace {

std::vector<Example> toy()
{
    return {
        {"When was {entity} created?", "founded"},
        {"Since when does {entity} exist?", "founded"},
        {"{entity} founding year", "founded"},
        {"Quand a été créé {entity} ?", "founded"},
        {"{entity} existe depuis quand ?", "founded"},
        {"Where is {entity}?", "location"},
        {"What is the address of {entity}?", "location"},
        {"How do I get to {entity}?", "location"},
        {"Où se trouve {entity} ?", "location"},
        {"Quelle est l'adresse de {entity} ?", "location"},
        {"Who runs {entity}?", "director"},
        {"Who is the head of {entity}?", "director"},
        {"director of {entity:company}", "director"},
        {"Qui dirige {entity} ?", "director"},
        {"Qui est à la tête de {entity} ?", "director"},
        {"How many people work at {entity}?", "size"},
        {"How big is {entity}?", "size"},
        {"staff of {entity}", "size"},
        {"Combien de personnes travaillent à {entity} ?", "size"},
        {"Quel est l'effectif de {entity} ?", "size"},
    };
}

std::vector<Classifier::Score> scores_of(Classifier const& classifier, std::string_view text)
{
    Classifier::Scratch scratch;
    std::vector<Classifier::Score> scores;
    classifier.score(text, scratch, scores);
    return scores;
}

}  // namespace

TEST_CASE("the classifier finds the intent of questions like its examples", "[intents]")
{
    auto const classifier = Classifier::train(toy());
    struct Row {
        char const* text;
        char const* intent;
    };
    static Row const rows[] = {
        {"what year was {entity} created in", "founded"},
        {"depuis quand {entity} existe-t-il", "founded"},
        {"{entity:company} adress", "location"},
        {"l’ADRESSE de {entity} svp", "location"},
        {"ou se trouve {entity}", "location"},
        {"who heads {entity}", "director"},
        {"qui dirrige {entity}", "director"},
        {"how many poeple are working there", "size"},
    };
    Classifier::Scratch scratch;
    for (auto const& row : rows)
        DYNAMIC_SECTION(row.text)
        {
            auto const decision = classifier.decide(row.text, scratch);
            CHECK(decision.intent == row.intent);
            CHECK(decision.answered);
        }
}

TEST_CASE("the classifier keeps silent about what it has never seen", "[intents]")
{
    auto const classifier = Classifier::train(toy());
    Classifier::Scratch scratch;
    for (auto const* text : {"", " ", "?!", "zzz qqq", "bonjour", "42", "\xF0\x9F\xA6\xA0", "le football ce soir"})
        DYNAMIC_SECTION(text)
        {
            auto const decision = classifier.decide(text, scratch);
            CHECK_FALSE(decision.answered);
            CHECK(decision.score < 0.8);
        }
}

TEST_CASE("an intent with a single example is found", "[intents]")
{
    auto examples = toy();
    examples.push_back({"Can I park my car there?", "parking"});
    auto const classifier = Classifier::train(examples);
    Classifier::Scratch scratch;
    CHECK(classifier.decide("where can I park a car", scratch).intent == "parking");
    CHECK(classifier.decide("Where is {entity}?", scratch).intent == "location");
}

TEST_CASE("without examples, or with one intent alone, there is still an answer", "[intents]")
{
    Classifier::Scratch scratch;
    auto const nothing = Classifier::train({});
    CHECK(nothing.decide("anything", scratch).intent.empty());
    CHECK_FALSE(nothing.decide("anything", scratch).answered);
    CHECK(scores_of(nothing, "anything").empty());
    CHECK_FALSE(nothing.explain("anything", "any"));

    std::vector<Example> const one = {{"hello there", "greeting"}};
    auto const single = Classifier::train(one);
    CHECK(single.decide("hello there", scratch).intent == "greeting");
    CHECK_FALSE(single.decide("xyzzy", scratch).answered);
    CHECK(single.decide("hello there", scratch).score > single.decide("hello world", scratch).score);
}

TEST_CASE("examples that say nothing do no harm", "[intents]")
{
    auto examples = toy();
    examples.push_back({"", "founded"});
    examples.push_back({"???", "empty"});
    auto const classifier = Classifier::train(examples);
    for (auto const& score : scores_of(classifier, "who runs {entity}"))
        CHECK(std::isfinite(score.score));
    Classifier::Scratch scratch;
    CHECK(classifier.decide("who runs {entity}", scratch).intent == "director");
}

TEST_CASE("scores come best first and leave room for none of them", "[intents]")
{
    auto const classifier = Classifier::train(toy());
    auto const scores = scores_of(classifier, "where is {entity}");
    REQUIRE(scores.size() == classifier.intents().size());
    CHECK(classifier.intents()[scores.front().intent] == "location");
    double sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        CHECK((i == 0 || scores[i - 1].score >= scores[i].score));
        sum += static_cast<double>(scores[i].score);
    }
    CHECK(sum > 0.5);
    CHECK(sum < 1);
    Classifier::Scratch scratch;
    CHECK(classifier.decide("where is {entity}", scratch).score == Approx(scores.front().score));
}

TEST_CASE("training twice gives the same scores to the last bit", "[intents]")
{
    auto const first = Classifier::train(toy());
    auto const second = Classifier::train(toy());
    CHECK(first.threshold() == second.threshold());
    for (auto const& example : toy()) {
        auto const a = scores_of(first, example.text);
        auto const b = scores_of(second, example.text);
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            CHECK(a[i].intent == b[i].intent);
            CHECK(a[i].score == b[i].score);
        }
    }
}

TEST_CASE("a score does not depend on what was asked before", "[intents]")
{
    auto const classifier = Classifier::train(toy());
    Classifier::Scratch used;
    for (auto const* text : {"who who who who", "", "{entity}", "adresse adresse"})
        classifier.decide(text, used);
    Classifier::Scratch fresh;
    CHECK(classifier.decide("who runs {entity}", used).score == classifier.decide("who runs {entity}", fresh).score);
}

TEST_CASE("an explanation sums to the margin that decided", "[intents]")
{
    auto const classifier = Classifier::train(toy());
    std::string const text = "Who, who is the zorglub of {entity:company} with 50% ?";
    auto const told = classifier.explain(text, "director");
    REQUIRE(told);
    double sum = told->bias;
    for (auto const& reason : told->reasons)
        sum += reason.weight;
    CHECK(sum == Approx(told->margin));
    CHECK(told->known_share > 0);
    CHECK(told->known_share < 1);
    REQUIRE(told->reasons.size() == 10);
    CHECK(told->reasons[0].word == "Who");
    CHECK(told->reasons[0].weight > 0);
    CHECK(told->reasons[0].known);
    CHECK(told->reasons[4].word == "zorglub");
    CHECK_FALSE(told->reasons[4].known);
    CHECK(told->reasons[6].word == "{entity:company}");

    // The ratio of two scores is that of the exponentials of their margins.
    auto const other = classifier.explain(text, "location");
    double score[2] = {};
    for (auto const& found : scores_of(classifier, text)) {
        if (classifier.intents()[found.intent] == "director")
            score[0] = static_cast<double>(found.score);
        if (classifier.intents()[found.intent] == "location")
            score[1] = static_cast<double>(found.score);
    }
    REQUIRE(score[1] > 0);
    CHECK(std::log(score[0] / score[1]) / (told->margin - other->margin) == Approx(4).epsilon(0.001));
    CHECK_FALSE(classifier.explain(text, "no such intent"));
}

TEST_CASE("any text is scored in bounded time and memory", "[intents]")
{
    auto const classifier = Classifier::train(toy());
    auto const repeated = [](std::string_view piece, std::size_t times) {
        std::string made;
        for (std::size_t i = 0; i < times; ++i)
            made += piece;
        return made;
    };
    std::vector<std::string> const texts = {
        repeated("a", 2000),          repeated("where ", 333),         repeated("{", 2000),
        repeated("{entity}", 250),    repeated("{a:", 600),            repeated("\xCC\x81", 2000),
        repeated("\xEF\xB7\xBA", 2000), repeated("\xF0\x9F\x91\xA9\xE2\x80\x8D", 1000), repeated("\xFF", 2000),
        repeated("\xE6\xBC\xA2", 2000), repeated("1%", 1000),          repeated("a b ", 500),
        repeated("anticonstitutionnellement ", 77), std::string(2000, '\0'),
    };
    Classifier::Scratch scratch;
    for (auto const& text : texts)
        classifier.decide(text, scratch);
    for (auto const& text : texts) {
        auto const start = std::chrono::steady_clock::now();
        auto const decision = classifier.decide(text, scratch);
        std::chrono::duration<double, std::milli> const taken = std::chrono::steady_clock::now() - start;
        CHECK(std::isfinite(decision.score));
        CHECK(taken.count() < 500);  // 1 ms in a release build on an idle machine
    }
}
