#include "shipped.hpp"

#include <catch2/catch.hpp>

#include "base/date.hpp"

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

Reply explained(std::string text, bool as_typed = false)
{
    static Assistant::Worker worker = shipped_bot().worker().value();
    Question question;
    question.text = std::move(text);
    question.explain = true;
    question.as_typed = as_typed;
    return worker.answer(question, Date{2026, 11, 25});
}

std::string joined(std::vector<std::string> const& sentences)
{
    std::string out;
    for (auto const& sentence : sentences)
        out += sentence + "\n";
    return out;
}

}  // namespace

TEST_CASE("why an answer was given is said in plain words", "[assistant]")
{
    struct Row { char const* ask; char const* says; };
    for (auto const row : {Row{"When was the MI-FHU created?", "MI-FHU"}, Row{"When was the MI-FHU created?", "% sure"},
                           Row{"Quand a \xc3\xa9t\xc3\xa9 cr\xc3\xa9\xc3\xa9 le CIML ?", "CIML"}, Row{"Hello", "written by the staff"},
                           Row{"What is the share price of Innate Pharma?", "do not guess"}, Row{"Bonjour", "l'\xc3\xa9quipe"}}) {
        INFO(row.ask);
        auto const reply = explained(row.ask);
        REQUIRE(reply.explanation);
        auto const all = joined(reply.explanation->plain);
        INFO(all);
        CHECK(all.find(row.says) != std::string::npos);
        CHECK(all.find('{') == std::string::npos);
        CHECK_FALSE(reply.explanation->plain.empty());
    }
}

TEST_CASE("a correction can be taken back", "[assistant]")
{
    CHECK_FALSE(explained("Where is Luminny?").corrections.empty());
    CHECK(explained("Where is Luminny?", true).corrections.empty());
}

TEST_CASE("the questions that are offered first have answers", "[assistant]")
{
    static Assistant::Worker worker = shipped_bot().worker().value();
    for (auto const language : {Language::en, Language::fr}) {
        auto const starters = worker.suggest("", language, 10);
        CHECK(starters.size() >= 3);
        CHECK(worker.suggest(" ", language, 2).size() == 2);
        for (auto const& starter : starters) {
            INFO(starter.question);
            auto const reply = explained(starter.question);
            CHECK(reply.status == Status::answered);
            CHECK(reply.language == language);
        }
    }
}
