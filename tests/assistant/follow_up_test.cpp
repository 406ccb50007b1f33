// Conversations in the made-up world: every question is decided and remembered as an Assistant does it.
#include "assistant/answering.hpp"

#include "small_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

class Talk {
public:
    // The ids of the facts told, joined by blanks; a '|' between the parts.
    std::string ask(std::string_view text)
    {
        Answering answering(small_world(), ranker_, stemmer_);
        auto const decision = answering.decide(text, {}, conversation_);
        std::string out;
        for (auto const& part : decision.parts) {
            out += out.empty() ? "" : "|";
            for (std::size_t i = 0; i < part.chosen.size(); ++i)
                out += (i > 0 ? " " : "") + small_world().index.facts()[part.chosen[i]].id;
        }
        parts_ = decision.parts.size();
        if (decision.fixed == PartDecision::none_intent && !decision.parts.empty())
            answering.remember(conversation_, decision.parts.back());
        return out;
    }
    Conversation const& conversation() const { return conversation_; }
    std::size_t parts() const { return parts_; }

private:
    Ranker ranker_;
    text::Stemmer stemmer_;
    Conversation conversation_;
    std::size_t parts_ = 0;
};

struct Turn {
    char const* ask;
    char const* told;
};

}  // namespace

TEST_CASE("a follow-up takes what it leaves out from what was said before", "[assistant]")
{
    static std::vector<Turn> const talks[] = {
        {{"When was Orvalis founded?", "orvalis.founded.1"}, {"and Belcor?", "belcor.founded.1"}, {"and Tamarix?", "tamarix.founded.1"}},
        {{"Quand a été fondée Orvalis ?", "orvalis.founded.1"}, {"et Belcor ?", "belcor.founded.1"}, {"et pour Tamarix ?", "tamarix.founded.1"}},
        {{"Who leads Belcor?", "belcor.leader.1"}, {"how many employees does it have?", "belcor.headcount.1"}},
        {{"Qui dirige Belcor ?", "belcor.leader.1"}, {"et où se trouve-t-il ?", "belcor.location.1"}},
        {{"How many members does the hub have?", "hub.member_count.1"}, {"which ones?", "hub.has_member.1"}},
        {{"Combien de membres compte le hub ?", "hub.member_count.1"}, {"lesquels ?", "hub.has_member.1"}},
        {{"How many members does the hub have?", "hub.member_count.1"}, {"what are they called?", "hub.has_member.1"}},
        {{"How many members does the hub have?", "hub.member_count.1"}, {"who are they?", "hub.has_member.1"}},
        {{"Combien de membres compte le hub ?", "hub.member_count.1"}, {"comment ils s'appellent ?", "hub.has_member.1"}},
        {{"Who are the members of the hub?", "hub.has_member.1"}},
        {{"Quels sont les membres du hub ?", "hub.has_member.1"}, {"qui dirige le deuxième ?", "orvalis.leader.1"}},
        {{"Who are the members of the hub?", "hub.has_member.1"}, {"when was the last one founded?", "tamarix.founded.1"}},
        {{"Quels sont les membres du hub ?", "hub.has_member.1"}, {"quand a été fondé le dernier ?", "tamarix.founded.1"}, {"et la première ?", "belcor.founded.1"}},
        {{"When was Orvalis founded?", "orvalis.founded.1"}, {"Who leads Belcor?", "belcor.leader.1"}, {"and Orvalis?", "orvalis.leader.1"}},
        // Of what was just told, in its own words.
        {{"Who funds Orvalis?", "orvalis.funded_by.1"}, {"by whom is that funded?", "orvalis.funded_by.1"}},
        // What was not meant is named as well.
        {{"When was Orvalis founded?", "orvalis.founded.1"}, {"sorry, I meant Belcor, not Orvalis", "belcor.founded.1"}},
        {{"Quand a été fondée Orvalis ?", "orvalis.founded.1"}, {"pardon, je voulais dire Belcor, pas Orvalis", "belcor.founded.1"}},
        // Of somebody who is not known, nothing.
        {{"Who leads Belcor?", "belcor.leader.1"}, {"His wife works there, no? What is she called and where is she?", ""}},
        // A year asks nothing by itself.
        {{"How much profit does Orvalis make?", ""}, {"in 2015?", ""}},
    };
    for (auto const& turns : talks) {
        Talk talk;
        std::string said;
        for (auto const& turn : turns) {
            said += std::string(turn.ask) + '\n';
            INFO(said);
            CHECK(talk.ask(turn.ask) == turn.told);
        }
    }
}

TEST_CASE("a follow-up that nothing answers is not answered with what was told before", "[assistant]")
{
    Talk talk;
    CHECK(talk.ask("Who funds Orvalis?") == "orvalis.funded_by.1");
    CHECK(talk.ask("and Tamarix?").find("orvalis") == std::string::npos);
    CHECK(talk.ask("is there parking?") == "");
}

TEST_CASE("what is remembered is whom it was about, what was listed and what was asked in full", "[assistant]")
{
    Talk talk;
    (void)talk.ask("When was Orvalis founded?");
    CHECK(talk.conversation().focus == std::vector<std::string>{"orvalis"});
    CHECK(talk.conversation().told == std::vector<std::string>{"orvalis.founded.1"});
    CHECK(talk.conversation().listed.empty());
    (void)talk.ask("and Belcor?");
    CHECK(talk.conversation().asked == "When was Belcor founded?");
    CHECK(talk.conversation().focus.at(0) == "belcor");
    CHECK(talk.conversation().focus.at(1) == "orvalis");
    (void)talk.ask("Who are the members of the hub?");
    CHECK(talk.conversation().listed == std::vector<std::string>{"belcor", "orvalis", "tamarix"});
    CHECK(talk.conversation().focus.size() <= 4);
    (void)talk.ask("Where is Belcor?");
    CHECK(talk.conversation().listed.size() == 3);  // kept: "and the second one?" may still come
}

TEST_CASE("what was listed is soon forgotten", "[assistant]")
{
    Talk talk;
    (void)talk.ask("Who are the members of the hub?");
    for (auto const* text : {"Where is Belcor?", "Who leads Belcor?", "Where is Orvalis?"}) {
        (void)talk.ask(text);
        CHECK(talk.conversation().listed.size() == 3);
    }
    for (auto const* text : {"Where is Belcor?", "Who leads Belcor?"})
        (void)talk.ask(text);
    CHECK(talk.conversation().listed.empty());
    CHECK(talk.ask("and when was the last one founded?") != "tamarix.founded.1");
}

TEST_CASE("an ordinal of something else is not of the list", "[assistant]")
{
    Talk talk;
    (void)talk.ask("Who are the members of the hub?");
    CHECK(talk.ask("who was the last director?").find("tamarix") == std::string::npos);
}

TEST_CASE("a message is answered part by part, later parts following the earlier", "[assistant]")
{
    static Turn const rows[] = {
        {"Who leads Belcor and when was it founded?", "belcor.leader.1|belcor.founded.1"},
        {"Où se trouve Orvalis ? Qui dirige Belcor ?", "orvalis.location.1|belcor.leader.1"},
        {"Where is Belcor? And Orvalis?", "belcor.location.1|orvalis.location.1"},
        {"Hello there. When was Orvalis founded?", "orvalis.founded.1"},
    };
    for (auto const& row : rows) {
        INFO(row.ask);
        CHECK(Talk().ask(row.ask) == row.told);
    }
}

TEST_CASE("a message has at most four parts", "[assistant]")
{
    Talk talk;
    CHECK(talk.ask("Who leads Belcor? Where is Belcor? Who leads Orvalis? Where is Orvalis? When was Tamarix founded?") ==
          "belcor.leader.1|belcor.location.1|orvalis.leader.1|orvalis.location.1");
    std::string many;
    for (int i = 0; i < 60; ++i)
        many += "Who leads Belcor? ";
    (void)talk.ask(many);
    CHECK(talk.parts() <= 4);
}

TEST_CASE("two that are named are asked for one by one", "[assistant]")
{
    static Turn const rows[] = {
        {"Which was founded first, Orvalis or Belcor?", "orvalis.founded.1 belcor.founded.1"},
        {"Where are Belcor and Orvalis?", "belcor.location.1 orvalis.location.1"},
        {"Quand ont été fondés Belcor et Tamarix ?", "belcor.founded.1 tamarix.founded.1"},
    };
    for (auto const& row : rows) {
        INFO(row.ask);
        CHECK(Talk().ask(row.ask) == row.told);
    }
}

TEST_CASE("who is not the one that is named is told by the list of all", "[assistant]")
{
    static Turn const rows[] = {
        {"Which members does the hub have besides Orvalis?", "hub.has_member.1"},
        {"Which members of the hub are not Orvalis?", "hub.has_member.1"},
        {"Quels sont les membres du hub à part Belcor ?", "hub.has_member.1"},
        {"Quels sont les membres du hub, hormis Tamarix ?", "hub.has_member.1"},
    };
    for (auto const& row : rows) {
        INFO(row.ask);
        CHECK(Talk().ask(row.ask) == row.told);
    }
}

TEST_CASE("what no fact tells is not answered", "[assistant]")
{
    for (auto const* text : {"Is there parking at Belcor?", "What is the share price of Orvalis?", "Who won the world cup?", "xyzzy plugh", "Y a-t-il un parking chez Orvalis ?"}) {
        INFO(text);
        CHECK(Talk().ask(text) == "");
    }
}

TEST_CASE("of a person's private life nothing is told", "[assistant]")
{
    for (auto const* text : {"where was Ines Varga born", "Ines Varga il est né où", "is Paul Lorrin married?", "combien gagne Paul Lorrin", "how old is Ines Varga", "où habite Ines Varga ?"}) {
        INFO(text);
        CHECK(Talk().ask(text) == "");
    }
    Talk talk;
    REQUIRE(talk.ask("Who leads Belcor?") == "belcor.leader.1");
    CHECK(talk.ask("and his wife?") == "");
    CHECK(talk.ask("how old is he?") == "");
    CHECK(talk.ask("does he have kids? my son wants to know") == "");
    CHECK(Talk().ask("How old is Belcor?") == "belcor.founded.1");   // of a body it is no secret
    CHECK(Talk().ask("Quel âge a Belcor ?") == "belcor.founded.1");
}

TEST_CASE("what is asked of the house is answered by what is known of its members", "[assistant]")
{
    CHECK(Talk().ask("who of your members gets money from the Kasimir Fund?") == "orvalis.funded_by.1");
}
