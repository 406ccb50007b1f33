#include "small_world.hpp"

#include "assistant/blocks.hpp"
#include "assistant/contacts.hpp"
#include "assistant/json.hpp"
#include "assistant/mentions.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

// "Write to [a@b.org]." of an answer: what leads somewhere stands in brackets, each line behind the kind of its block.
std::string drawn(Reply const& reply)
{
    std::string out;
    for (auto const& block : blocks_of(reply))
        for (auto const& line : block.lines) {
            out.append(name(block.kind).substr(0, 1)).append(":");
            for (auto const& run : line)
                out.append(run.address.empty() && run.entity.empty() ? "" : "[").append(run.text).append(run.address.empty() && run.entity.empty() ? "" : "]");
            out += '|';
        }
    return out;
}

Reply said(std::string answer, Status status = Status::answered)
{
    Reply reply;
    reply.answer = std::move(answer);
    reply.status = status;
    return reply;
}

std::string addresses(std::string_view text, std::size_t helplines = 0)
{
    std::string out;
    for (auto const& contact : contacts_in(text, helplines))
        out.append(text.substr(contact.begin, contact.end - contact.begin)).append(" > ").append(contact.address).append("|");
    return out;
}

}  // namespace

TEST_CASE("what can be followed is found in a text", "[assistant]")
{
    struct Row { char const* text; char const* found; };
    for (auto const row : {
             Row{"Write to first.last+mi@univ-amu.fr.", "first.last+mi@univ-amu.fr > mailto:first.last+mi@univ-amu.fr|"},
             Row{"see https://example.org/a?b=c#d, and (http://example.org).", "https://example.org/a?b=c#d > https://example.org/a?b=c#d|http://example.org > http://example.org|"},
             Row{"on the website marseille-immunopole.org.", "marseille-immunopole.org > https://marseille-immunopole.org|"},
             Row{"www.ciml.univ-mrs.fr/en/teams.", "www.ciml.univ-mrs.fr/en/teams > https://www.ciml.univ-mrs.fr/en/teams|"},
             Row{"Tel. 04 91 26 94 94, +33 (0)4 91 26 94 94 or +41 22 767 61 11.", "04 91 26 94 94 > tel:0491269494|+33 (0)4 91 26 94 94 > tel:+33491269494|+41 22 767 61 11 > tel:+41227676111|"},
             Row{"0033.4.91.26.94.94", "0033.4.91.26.94.94 > tel:+33491269494|"},
             Row{"at 163 avenue de Luminy, 13009 Marseille, France", "163 avenue de Luminy, 13009 Marseille > https://www.openstreetmap.org/search?query=163%20avenue%20de%20Luminy%2C%2013009%20Marseille|"},
             Row{"12 bis, Rue des Exemples, 13288 Aix-en-Provence", "12 bis, Rue des Exemples, 13288 Aix-en-Provence > https://www.openstreetmap.org/search?query=12%20bis%2C%20Rue%20des%20Exemples%2C%2013288%20Aix-en-Provence|"},
             Row{"In 2015, 3 rue members of 12 000 people", ""}, Row{"04 91 26 94 94 12", "04 91 26 94 94 > tel:0491269494|"}, Row{"04 91 26 94 944", ""},
             Row{"a@b", ""}, Row{"e.g. node.js, etc.fr.", "etc.fr > https://etc.fr|"}, Row{"https://", ""}, Row{"+10 000 000", ""}, Row{"x@y.", ""}, Row{"", ""}}) {
        INFO(row.text);
        CHECK(addresses(row.text) == row.found);
    }
    CHECK(addresses("Call 15 or 112 now.", 20) == "15 > tel:15|112 > tel:112|");
    CHECK(addresses("Call 15 now. It was created in 2015.", 12) == "15 > tel:15|");
    CHECK(addresses("Call 15.").empty());
}

TEST_CASE("an answer is laid out as paragraphs and lists", "[assistant]")
{
    CHECK(drawn(said("One line.")) == "p:One line.|");
    CHECK(drawn(said("One.\n\n 1. a@b.org\n2) two\n- three\n\xe2\x80\xa2 four\nFive - six 1. seven")) == "p:One.|n:[a@b.org]|n:two|b:three|b:four|p:Five - six 1. seven|");
    CHECK(drawn(said("\n \n")).empty());
    CHECK(drawn(said("2015. A year.")) == "p:2015. A year.|");
    auto advice = said("Call 15. Orvalis was founded in 1999.", Status::safety);
    CHECK(drawn(advice) == "p:Call [15]. Orvalis was founded in [1999].|");
    advice.advice = "Call 15.";
    CHECK(drawn(advice) == "p:Call [15]. Orvalis was founded in 1999.|");
}

TEST_CASE("whom an answer names is a link to their page, once, and only by a name of their own", "[assistant]")
{
    struct Row { char const* text; char const* drawn; };
    for (auto const row : {Row{"Ines Varga has led Orvalis since 2015. Orvalis is in Lisbon.", "p:[Ines Varga] has led [Orvalis] since 2015. Orvalis is in Lisbon.|"},
                           Row{"Institut Belcor-Lisbon, orvalis, the Orvalis's head: Dr Paul Lorrin.", "p:Institut Belcor-Lisbon, orvalis, the [Orvalis]'s head: [Dr Paul Lorrin].|"},
                           Row{"L'institut Belcor: info@orvalis.com", "p:L'[institut Belcor]: [info@orvalis.com]|"}}) {
        INFO(row.text);
        auto reply = said(row.text);
        reply.mentions = mentions_in(reply.answer, 0, small_world());
        CHECK(drawn(reply) == row.drawn);
    }
    auto reply = said("Orvalis. Ines Varga leads Orvalis.");
    reply.mentions = mentions_in(reply.answer, 8, small_world());
    CHECK(drawn(reply) == "p:Orvalis. [Ines Varga] leads [Orvalis].|");
    CHECK(to_json(reply).find(R"("blocks":[{"kind":"paragraph","lines":[[{"text":"Orvalis. "},{"text":"Ines Varga","href":"/facts/ines-varga?lang=en"},)") != std::string::npos);
}

TEST_CASE("strong words and labelled links of an answer are runs of their own", "[assistant]")
{
    struct Row { char const* written; char const* drawn; };
    for (auto const row : {
             Row{"Open **every day**.", "p:Open |strong: every day|.|"},
             Row{"See [the plan](https://e.org/plan) or https://e.org.", "p:See |the plan > https://e.org/plan| or |https://e.org > https://e.org|.|"},
             Row{"- **Write** to [us](mailto:info@e.org)\n- call [us](tel:+33491269494).", "b:|strong: Write| to |us > mailto:info@e.org|b:call |us > tel:+33491269494|.|"},
             Row{"**Go [there](https://e.org) or write a@e.org** now", "p:|strong: Go |strong: there > https://e.org|strong:  or write |strong: a@e.org > mailto:a@e.org| now|"},
             Row{"**04 91** 26 94 94", "p:|strong: 04 91 > tel:0491269494| 26 94 94 > tel:0491269494|"},
             Row{"[04 91 26 94 94](tel:+33491269494)", "p:|04 91 26 94 94 > tel:+33491269494|"},
             Row{"**1.** one", "n:one|"}}) {
        INFO(row.written);
        auto const read = text::marked(row.written);
        std::string out;
        for (auto const& block : blocks_of(read))
            for (auto const& line : block.lines) {
                out.append(name(block.kind).substr(0, 1)).append(":");
                for (auto const& run : line)
                    out.append(run.strong || !run.address.empty() ? "|" : &run == line.data() ? "" : "|").append(run.strong ? "strong: " : "").append(run.text).append(run.address.empty() ? "" : " > " + run.address);
                out += '|';
            }
        CHECK(out == row.drawn);
    }
    auto reply = said("See the plan (https://e.org/plan) of Orvalis.");
    reply.marks = text::marked("See [the plan](https://e.org/plan) of **Orvalis**.").marks;
    reply.mentions = mentions_in(reply.answer, 0, small_world());
    CHECK(to_json(reply).find(R"("lines":[[{"text":"See "},{"text":"the plan","href":"https://e.org/plan"},{"text":" of "},{"text":"Orvalis","href":"/facts/orvalis?lang=en","strong":true},{"text":"."}]])") != std::string::npos);
}

// Whatever an answer and its mentions are, nothing of the text is lost or said twice.
TEST_CASE("any text is laid out whole", "[assistant]")
{
    std::mt19937 random(7);
    char const* const pieces[] = {"\n", " ", "1. ", "- ", "a@b.org", "https://", "http://x.fr", ".", "04 91 26 94 94", "+", "12 rue", " de Luminy, 13009 M", "\xc3\xa9", "\xc2\xab", "\xff", "@", "Orvalis", "15", "\xe2\x80\xa2 ", "(0)"};
    for (int round = 0; round < 3000; ++round) {
        Reply reply = said({}, round % 3 == 0 ? Status::safety : Status::answered);
        for (auto count = random() % 14; count > 0; --count)
            reply.answer += pieces[random() % std::size(pieces)];
        for (auto count = random() % 3; count > 0; --count)
            reply.mentions.push_back({random() % 20, random() % 30, "orvalis"});
        std::string together;
        for (auto const& block : blocks_of(reply)) {
            REQUIRE_FALSE(block.lines.empty());
            for (auto const& line : block.lines)
                for (auto const& run : line)
                    together += run.text;
        }
        std::size_t at = 0;
        for (char const c : together) {
            at = reply.answer.find(c, at);
            INFO(reply.answer);
            REQUIRE(at != std::string::npos);
            ++at;
        }
    }
}
