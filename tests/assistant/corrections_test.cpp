#include "assistant/answering.hpp"

#include "shipped.hpp"
#include "small_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

std::string corrected(std::string_view text)
{
    std::string out;
    for (auto const& one : analyse(text).corrections)
        out += (out.empty() ? "" : ", ") + one.from + " > " + one.to;
    return out;
}

}  // namespace

TEST_CASE("unknown words are taken for known ones, known words for themselves", "[assistant]")
{
    struct Row {
        char const* text;
        char const* corrected;
    };
    static Row const rows[] = {
        {"When was Orvaliss founded?", "Orvaliss > orvalis"},
        {"Where is Tamariks?", "Tamariks > tamarix"},
        {"Quand a été fondé Belkor ?", "Belkor > belcor"},
        {"WHERE IS TAMARIKS?", "TAMARIKS > tamarix"},
        {"Who leads BELKR?", ""},                  // five capitals: an acronym of something else
        {"When was Orvalis founded?", ""},
        {"Qui dirige Belcor ?", ""},
        {"How many houses does Orvalis have?", ""},  // a real word, though of no use here
        {"Who founds Belcor?", ""},                // another form
        {"Is there a orv4lis?", ""},               // a digit
        {"xyzzyplugh", ""},
        {"", ""},
    };
    for (auto const& row : rows) {
        INFO(row.text);
        CHECK(corrected(row.text) == row.corrected);
    }
}

TEST_CASE("a corrected name is a name", "[assistant]")
{
    auto const analysis = analyse("When was Orvaliss founded?");
    REQUIRE(analysis.links.size() == 1);
    CHECK(analysis.links[0].entity == entity("orvalis"));
    CHECK(ranked(analysis).at(0).fact == fact("orvalis.founded.1"));
}

TEST_CASE("only so many words of one message are looked up", "[assistant]")
{
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "orvaliss ";
    CHECK(analyse(text).corrections.size() <= 40);
}

TEST_CASE("no takes a correction back, and only a correction", "[assistant]")
{
    struct Row {
        char const* no;
        bool undone;
    };
    static Row const rows[] = {
        {"no", true}, {"No, not that!", true}, {"wrong", true}, {"non", true}, {"non, pas ça", true}, {"c'est faux", true},
        {"no, where is it?", false}, {"non, Belcor", false}, {"who?", false}, {"and?", false}, {"", false}, {"thanks", false},
    };
    Ranker ranker;
    text::Stemmer stemmer;
    for (auto const& row : rows) {
        INFO(row.no);
        Answering answering(small_world(), ranker, stemmer);
        CHECK(answering.decide(row.no, {}, {}).undone == row.undone);
    }
}

TEST_CASE("what was corrected is read as typed when the visitor says no", "[assistant]")
{
    auto const corrected = ask("When was the Inserrm created?", "undo");
    REQUIRE(corrected.corrections.size() == 1);
    CHECK(corrected.facts == std::vector<std::string>{"inserm.founded.1"});
    auto const undone = ask("no", "undo");
    CHECK(undone.corrections.empty());
    CHECK(std::ranges::find(undone.facts, "inserm.founded.1") == undone.facts.end());
    auto const declined = ask("no", "undo");  // there is nothing to take back any more
    CHECK(declined.facts.empty());
    CHECK(declined.status == Status::smalltalk);
    CHECK(ask("When was the Inserrm created?", "undo").facts == std::vector<std::string>{"inserm.founded.1"});
    auto const told = ask("Qui dirige le CIML ?", "no");
    CHECK(ask("non", "no").answer != told.answer);
    CHECK(ask("et depuis quand existe-t-il ?", "no").facts == std::vector<std::string>{"ciml.founded.1"});  // the subject stays
}

TEST_CASE("an elision may be typed without its apostrophe", "[assistant]")
{
    struct Row { char const* text; char const* words; };
    for (auto const& [text, words] : {Row{"qui dirige lorvalis", "qui dirige orvalis"}, Row{"le siege dorvalis", "le siege orvalis"}, Row{"mexpliquer", "expliquer"},
                                      Row{"lannee", "annee"}, Row{"dans", "dans"}, Row{"nous", "nous"}, Row{"louer", "louer"}, Row{"marc", "marc"}, Row{"mont", "mont"}}) {
        INFO(text);
        std::string read;
        for (auto const& word : analyse(text, Language::fr).words)
            read += (read.empty() ? "" : " ") + std::string(word.folded);
        CHECK(read == words);
    }
    REQUIRE(analyse("qui dirige lorvalis").links.size() == 1);
    CHECK(analyse("qui dirige lorvalis").links[0].entity == entity("orvalis"));
}
