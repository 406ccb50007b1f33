#include "assistant/conversation.hpp"

#include "shipped.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::assistant;

TEST_CASE("conversations are kept apart and the oldest goes first", "[assistant]")
{
    Conversations kept(2, std::chrono::minutes(60));
    Conversation one;
    one.focus = {"ciml"};
    kept.put("a", one);
    kept.put("b", {});
    CHECK(kept.get("a").focus == std::vector<std::string>{"ciml"});
    CHECK(kept.get("b").focus.empty());
    kept.put("c", {});
    CHECK(kept.size() == 2);
    CHECK(kept.get("a").focus.empty());
}

TEST_CASE("a conversation is forgotten after its time", "[assistant]")
{
    Conversations kept(10, std::chrono::minutes(0));
    Conversation one;
    one.failures = 3;
    kept.put("a", one);
    CHECK(kept.get("a").failures == 0);
}

TEST_CASE("a conversation may go on under another id", "[assistant]")
{
    auto worker = tests::shipped_bot().worker().value();
    auto const ask = [&](char const* text, char const* from, char const* to) {
        Question question;
        question.text = text;
        question.conversation = from;
        question.remembered_as = to;
        return worker.answer(question, {2026, 11, 24});
    };
    ask("When was CIML founded?", "", "chat-1");
    auto const told = ask("and where is it?", "chat-1", "chat-2");
    CHECK(told.answer.find("Luminy") != std::string::npos);
    // What was remembered under the first id is still what was said up to there.
    CHECK(ask("and where is it?", "chat-1", "chat-2").answer == told.answer);
    CHECK(ask("and where is it?", "chat-0", "chat-3").answer != told.answer);
}
