#include "assistant/conversation.hpp"

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
