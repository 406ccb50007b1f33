#include "assistant/splitting.hpp"

#include "small_world.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

// The parts, with '|' between them.
std::string split(std::string_view text)
{
    std::string out;
    for (auto const part : split_questions(text, analyse(text)))
        out += (out.empty() ? "" : "|") + std::string(part);
    return out;
}

}  // namespace

TEST_CASE("a message is cut between its questions and nowhere else", "[assistant]")
{
    static char const* const rows[] = {
        // At the end of a sentence.
        "When was Orvalis founded? |Who leads Belcor?",
        "Où se trouve Belcor ? |Qui dirige Orvalis ?",
        "Orvalis was founded long ago. |Who leads it?",
        "When was Orvalis founded?\n|Who leads it?",
        "I read about Orvalis. |Who leads it?",
        // Before a question word after "and" or a comma.
        "Who leads Belcor and |when was it founded?",
        "Who leads Belcor, |where is it",
        "Qui dirige Belcor, |et quand a-t-il été fondé ?",
        "Quand a été fondée Orvalis et |combien de salariés compte-t-elle ?",
        "Where is Belcor and |how can I call them?",
        "C'est quoi Belcor et |qui le dirige ?",
        "What is Belcor and |since when does it exist?",
                             "Who leads Belcor and |is it a company?",
                             "Qui dirige Belcor et |est-ce que c'est une entreprise ?",
                             "l'adresse de Belcor et |y a-t-il un parking ?",
        // A pronoun, and the question word last.
        "C'est quoi Belcor et |ça se trouve où ?",
        "What is Belcor and |it was founded when?",
        "Belcor and they do not answer",
        // Names are one list, with the wish that they have in common.
        "When were Orvalis and Belcor founded?",
        "Orvalis, Belcor and Tamarix: when were they founded?",
        "Orvalis and Belcor, who leads them?",
        "Quand ont été fondés Orvalis et Belcor ?",
        "Belcor, when was it founded?",
        "When was Orvalis, the company, founded?",
        "The second one, when was it founded?",
        "Orvalis held its open day, when was that?",
        // "and" between words of one wish.
        "Who funds and supports Orvalis?",
        "the members and partners of the hub",
        // Nothing is asked before the cut.
        "Hello! When was Orvalis founded?",
        "Please, when was Orvalis founded?",
        "And when was it founded?",
        "When was Orvalis founded?",
        "",
        "?!",
    };
    for (std::string const wanted : rows) {
        std::string text = wanted;
        std::erase(text, '|');
        CHECK(split(text) == wanted);
    }
}

TEST_CASE("the parts together are the whole message", "[assistant]")
{
    for (std::string const text : {"Who? What? Where? When? Why?", "  Who leads Belcor?  And when?  ", "é. è? ê!", "a,b,c and who and when and where",
                                   "Qui ? Quoi ? Où ?", "who\nwho\nwho\n"}) {
        auto const parts = split_questions(text, analyse(text));
        REQUIRE_FALSE(parts.empty());
        std::string together;
        for (auto const part : parts) {
            CHECK_FALSE(part.empty());
            together += part;
        }
        CHECK(together == text);
    }
}

TEST_CASE("two wishes of one question are told apart from two words of one wish by their answers, so the cut is only offered", "[assistant]")
{
    static char const* const rows[] = {
        "Orvalis website + |phone",
        "headcount and |address of Belcor",
        "le nom complet et |le chef de Belcor",
        "Who funds and |supports Orvalis?",
        "When were Orvalis and Belcor founded?",
        "Orvalis and Belcor",
        "Who leads Belcor?",
        "",
    };
    for (std::string const wanted : rows) {
        std::string text = wanted;
        std::erase(text, '|');
        std::string out;
        auto const ways = split_wishes(text, analyse(text));
        for (auto const part : ways.empty() ? std::vector<std::string_view>{text} : ways.front().parts)
            out += (out.empty() ? "" : "|") + std::string(part);
        CHECK(out == wanted);
    }
}

TEST_CASE("the ways to cut a message in two wishes are tried from the last, and it is known whether both name the same", "[assistant]")
{
    auto const ways = [](std::string_view text) {
        std::string out;
        for (auto const& way : split_wishes(text, analyse(text)))
            out += (out.empty() ? "" : "; ") + std::string(way.parts[1]) + (way.names_again ? " (again)" : "");
        return out;
    };
    CHECK(ways("Belcor address and Belcor headcount") == "Belcor headcount (again)");
    CHECK(ways("funds and supports and headcount of Orvalis") == "headcount of Orvalis; supports and headcount of Orvalis");
    CHECK(ways("Belcor and Belcor headcount") == "");
    CHECK(ways("address of Belcor and Orvalis") == "");
}

TEST_CASE("a part is read without what joins it to the next", "[assistant]")
{
    CHECK(without_join("Who founded it and ") == "Who founded it");
    CHECK(without_join("Who founded it and\u00a0") == "Who founded it");
    CHECK(without_join("Qui l'a fondé, et ") == "Qui l'a fondé");
    CHECK(without_join("Where is it? ") == "Where is it? ");
    CHECK(without_join("Who leads the band ") == "Who leads the band ");
    CHECK(without_join("and") == "and");
    CHECK(without_join("") == "");
}
