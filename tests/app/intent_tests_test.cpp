#include "app/intent_tests.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::app;

namespace {

assistant::Reply reply()
{
    assistant::Reply out;
    out.answer = "Le CIML a été créé en 1976.";
    out.status = assistant::Status::answered;
    out.intent = "founded";
    out.entities = {"ciml"};
    out.facts = {"ciml.founded.1", "amu.founder.2"};
    return out;
}

intents::IntentTest test(void (*set)(intents::IntentTest&))
{
    intents::IntentTest out;
    out.ask = "Quand ?";
    set(out);
    return out;
}

}  // namespace

TEST_CASE("a test of an intent judges everything that it names", "[app]")
{
    struct Row {
        char const* name;
        void (*set)(intents::IntentTest&);
        char const* fault;
    };
    static Row const rows[] = {
        {"nothing", [](intents::IntentTest&) {}, ""},
        {"the intent", [](intents::IntentTest& t) { t.intent = "founded"; }, ""},
        {"another intent", [](intents::IntentTest& t) { t.intent = "leader"; }, "intent founded instead of leader"},
        {"not the intent", [](intents::IntentTest& t) { t.not_intent = "founded"; }, "intent founded must not win"},
        {"the status", [](intents::IntentTest& t) { t.status = "unknown"; }, "status answered instead of unknown"},
        {"the entity", [](intents::IntentTest& t) { t.entities = {"ciml"}; }, ""},
        {"an entity that is only told of", [](intents::IntentTest& t) { t.entities = {"ciml", "amu"}; }, ""},
        {"another entity", [](intents::IntentTest& t) { t.entities = {"ciml", "ipc"}; }, "is about ciml, not about ipc"},
        {"the beginning of an id", [](intents::IntentTest& t) { t.entities = {"am"}; }, "is about ciml, not about am"},
        {"says, folded", [](intents::IntentTest& t) { t.says = {"CREE EN"}; }, ""},
        {"does not say", [](intents::IntentTest& t) { t.says = {"1975"}; }, "does not say \"1975\""},
        {"must not say", [](intents::IntentTest& t) { t.lacks = {"1976"}; }, "says \"1976\""},
    };
    for (auto const& row : rows)
        DYNAMIC_SECTION(row.name) { CHECK(fault(test(row.set), reply()) == row.fault); }
    auto silent = reply();
    silent.intent.clear();
    silent.entities.clear();
    silent.facts.clear();
    CHECK(fault(test([](intents::IntentTest& t) { t.intent = "leader"; }), silent) == "intent none instead of leader");
    CHECK(fault(test([](intents::IntentTest& t) { t.entities = {"ipc"}; }), silent) == "is about nothing, not about ipc");
}

TEST_CASE("the report for build servers is XML whatever the questions hold", "[app]")
{
    intents::Intent founded;
    founded.id = "founded";
    founded.title = {"When <it> was", ""};
    founded.file = "intents/founded.yaml";
    intents::Intent leader;
    leader.id = "leader";
    leader.title = {"Who", ""};
    leader.file = "intents/leader.yaml";
    intents::IntentTest odd;
    odd.ask = "a < b & \"c\"\n\x01 é";
    odd.line = 7;
    intents::IntentTest plain;
    plain.ask = "who?";
    plain.line = 9;
    CHECK(junit({{&founded, &odd, "does not say \"<\"", "]]> & more", 0.25}, {&founded, &plain, "", "", 0.5}, {&leader, &plain, "", "", 0}}) ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<testsuites name=\"immunobot test\" tests=\"3\" failures=\"1\" time=\"0.750000\">\n"
          "  <testsuite name=\"founded: When &lt;it&gt; was\" tests=\"2\" failures=\"1\" time=\"0.750000\">\n"
          "    <testcase classname=\"intents.founded\" name=\"a &lt; b &amp; &quot;c&quot;&#10;  é\" file=\"intents/founded.yaml\" line=\"7\" time=\"0.250000\">\n"
          "      <failure message=\"does not say &quot;&lt;&quot;\">]]&gt; &amp; more</failure>\n"
          "    </testcase>\n"
          "    <testcase classname=\"intents.founded\" name=\"who?\" file=\"intents/founded.yaml\" line=\"9\" time=\"0.500000\"/>\n"
          "  </testsuite>\n"
          "  <testsuite name=\"leader: Who\" tests=\"1\" failures=\"0\" time=\"0.000000\">\n"
          "    <testcase classname=\"intents.leader\" name=\"who?\" file=\"intents/leader.yaml\" line=\"9\" time=\"0.000000\"/>\n"
          "  </testsuite>\n"
          "</testsuites>\n");
}
