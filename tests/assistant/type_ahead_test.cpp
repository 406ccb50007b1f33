#include "assistant/type_ahead.hpp"

#include "shipped.hpp"
#include "small_world.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

TEST_CASE("questions that begin with what is typed come first, the house's own before others", "[assistant]")
{
    auto knowledge = small_knowledge();
    for (auto& asking : knowledge.askings)
        asking.id += ".1";  // the first way of asking for one fact is offered, not that for all of a kind
    TypeAhead const questions(Snapshot(shipped_intents(), knowledge));
    using Found = std::vector<std::string>;
    CHECK(questions.matching("HOW MANY", Language::en, 2) == Found{"How many members does the hub have?", "How many people work at Orvalis?"});
    CHECK(questions.matching("qui dirige b", Language::fr, 5) == Found{"Qui dirige Belcor ?"});
    CHECK(questions.matching("tamarix", Language::en, 5) == Found{"When was Tamarix founded?"});
    CHECK(questions.matching("ou se trouve b", Language::fr, 5) == Found{"Où se trouve Belcor ?"});
    CHECK(questions.matching("zz", Language::en, 5).empty());
    CHECK(questions.matching("", Language::en, 1) == Found{"How many members does the hub have?"});
    CHECK(questions.matching("", Language::en, 100).size() == 13);
    CHECK(questions.matching("is", Language::en, 100).empty());  // two letters are searched for at the beginning alone
}

TEST_CASE("every question that is suggested is answered by a fact", "[assistant]")
{
    auto worker = shipped_bot().worker().value();
    for (auto const language : {Language::en, Language::fr})
        for (char const* const typed : {"", "w", "q", "when", "quand", "where is", "c", "how", "combien", "who", "ciml", "innate", "d", "budget", "a"})
            for (auto const& suggestion : worker.suggest(typed, language, 10)) {
                INFO(suggestion.question);
                auto const reply = worker.answer({suggestion.question, "", language, false, "test"}, Date{2026, 11, 24});
                CHECK(reply.status == Status::answered);
                CHECK(reply.language == language);
                CHECK(suggestion.label == suggestion.question);
            }
    CHECK(worker.suggest("when", Language::en, 3).size() == 3);
    CHECK(worker.suggest("xyzzy", Language::en, 3).empty());
}
