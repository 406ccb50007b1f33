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
    CHECK(kept.find("a").value().focus == std::vector<std::string>{"ciml"});
    CHECK(kept.find("b").value().focus.empty());
    kept.put("c", {});
    CHECK(kept.size() == 2);
    CHECK_FALSE(kept.find("a"));
}

TEST_CASE("a conversation is forgotten after its time", "[assistant]")
{
    Conversations kept(10, std::chrono::minutes(0));
    Conversation one;
    one.failures = 3;
    kept.put("a", one);
    CHECK_FALSE(kept.find("a"));
}

TEST_CASE("a conversation as a text is the same conversation, masked", "[assistant]")
{
    Conversation one;
    one.language = immunobot::Language::fr;
    one.focus = {"ciml", "inserm"};
    one.asked = "Où est le CIML ?\nJe suis \"jean\" jean@example.org, 06 12 34 56 78";
    one.told = {"ciml.location.1"};
    one.offered = {"Qu'est-ce que le CIML ?"};
    one.listed = {"a", "b", "c"};
    one.failures = 2;
    one.said = 17;
    auto const text = to_text(one);
    CHECK(text.find("jean@") == std::string::npos);
    CHECK(text.find("06 12") == std::string::npos);
    auto const again = conversation_from_text(text).value();
    CHECK(again.language == one.language);
    CHECK(again.focus == one.focus);
    CHECK(again.asked == "Où est le CIML ? Je suis \"jean\" [e-mail], [phone]");
    CHECK(again.told == one.told);
    CHECK(again.offered == one.offered);
    CHECK(again.listed == one.listed);
    CHECK(again.failures == 2);
    CHECK(again.said == 17);
    CHECK(conversation_from_text(to_text({})).value().asked.empty());
}

TEST_CASE("the text of a conversation is bounded", "[assistant]")
{
    Conversation one;
    one.asked = std::string(100'000, 'x');
    one.listed = std::vector<std::string>(10'000, "an-entity");
    CHECK(to_text(one).size() < 8'000);
}

TEST_CASE("a text that is no conversation is none", "[assistant]")
{
    for (auto const* text : {"", "{", "[]", "null", "{}", R"({"v":1})", R"({"v":"2","asked":"x"})"}) {
        INFO(text);
        CHECK_FALSE(conversation_from_text(text));
    }
    auto const odd = conversation_from_text(R"({"v":"1","lang":"de","asked":7,"focus":{"a":1},"told":[1,"x",null],"failures":-3,"said":99999999999})").value();
    CHECK_FALSE(odd.language);
    CHECK(odd.asked.empty());
    CHECK(odd.focus.empty());
    CHECK(odd.told == std::vector<std::string>{"x"});
    CHECK(odd.failures == 0);
    CHECK(odd.said == UINT32_MAX);
}
