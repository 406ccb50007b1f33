#include "assistant/readings.hpp"

#include "small_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

std::string const asked_when = "When was Orvalis founded?";

// After "When was Orvalis founded?".
Conversation after_when()
{
    Conversation out;
    out.asked = asked_when;
    out.focus = {"orvalis"};
    return out;
}

// After "Who are the members of the hub?".
Conversation after_members()
{
    Conversation out;
    out.asked = "Who are the members of the hub?";
    out.focus = {"hub", "belcor", "orvalis", "tamarix"};
    out.listed = {"belcor", "orvalis", "tamarix"};
    return out;
}

std::vector<Reading> read(std::string_view text, Conversation const& conversation)
{
    return readings(small_world(), text, analyse(text, Language::en), conversation, analyse(conversation.asked, Language::en));
}

Reading const* find(std::vector<Reading> const& all, std::string_view text)
{
    auto const at = std::ranges::find(all, text, &Reading::text);
    return at == all.end() ? nullptr : &*at;
}

// The reading with the highest prior.
Reading const& likeliest(std::vector<Reading> const& all)
{
    return *std::ranges::max_element(all, {}, &Reading::prior);
}

std::string told(std::vector<Reading> const& all)
{
    std::string out;
    for (auto const& one : all)
        out += std::to_string(one.prior) + ' ' + one.text + " (" + one.note + ")\n";
    return out;
}

}  // namespace

TEST_CASE("without a conversation a question is read as it stands", "[assistant]")
{
    for (auto const* text : {"When was Orvalis founded?", "and Belcor?", "which ones?", "the second one", ""}) {
        INFO(text);
        auto const all = read(text, {});
        REQUIRE(all.size() == 1);
        CHECK(all[0].text == text);
        CHECK(all[0].prior == 1);
        CHECK(all[0].note.empty());
        CHECK(all[0].whole);
        CHECK_FALSE(all[0].more);
    }
}

TEST_CASE("a follow-up is first of all read as what it leaves out", "[assistant]")
{
    struct Row {
        char const* text;
        Conversation conversation;
        char const* likeliest;
    };
    Row const rows[] = {
        {"and Belcor?", after_when(), "When was Belcor founded?"},
        {"What about Belcor?", after_when(), "When was Belcor founded?"},
        {"Belcor?", after_when(), "When was Belcor founded?"},
        {"And the Kasimir Fund?", after_when(), "When was Kasimir Fund founded?"},
        {"who leads it?", after_when(), "who leads it Orvalis ?"},
        {"since when?", after_when(), "since when was Orvalis founded?"},
        {"which ones?", after_members(), "Who are the members of the hub which ones"},
        {"where is the second one?", after_members(), "where is the Orvalis?"},
        {"who leads the first?", after_members(), "who leads the Belcor?"},
        {"where is the third?", after_members(), "where is the Tamarix?"},
        {"Who leads Belcor?", after_when(), "Who leads Belcor?"},
        {"who leads your cluster?", after_when(), "who leads your cluster?"},
    };
    for (auto const& row : rows) {
        auto const all = read(row.text, row.conversation);
        INFO(row.text << "\n" << told(all));
        REQUIRE_FALSE(all.empty());
        CHECK(likeliest(all).text == row.likeliest);
    }
}

TEST_CASE("a message is always also read as it stands, unless it points into a list or asks which ones", "[assistant]")
{
    for (auto const* text : {"and Belcor?", "since when?", "who leads it?", "Who leads Belcor?"}) {
        INFO(text);
        CHECK(find(read(text, after_when()), text) != nullptr);
    }
    CHECK(find(read("where is the second one?", after_members()), "where is the second one?") == nullptr);
    CHECK(find(read("which ones?", after_when()), "which ones?") == nullptr);
}

TEST_CASE("an ordinal is of the list before, or of none", "[assistant]")
{
    auto two = after_members();
    two.listed.resize(2);
    auto const third = read("where is the third one?", two);
    INFO(told(third));
    CHECK(std::ranges::none_of(third, [](Reading const& one) { return one.note.starts_with("of the list"); }));
    auto gone = after_members();
    gone.listed = {"nobody", "orvalis"};
    CHECK(std::ranges::none_of(read("where is the first one?", gone), [](Reading const& one) { return one.note.starts_with("of the list"); }));
    // "The second one" alone asks of it what was asked before.
    auto when = after_when();
    when.listed = {"belcor", "tamarix"};
    CHECK(find(read("and the second one?", when), "When was Tamarix founded?") != nullptr);
}

TEST_CASE("he is a person and it is a body, of all that was spoken of", "[assistant]")
{
    auto conversation = after_when();
    conversation.focus = {"orvalis", "ines-varga", "belcor"};
    struct Row {
        char const* text;
        char const* first;
        char const* last;
    };
    static Row const rows[] = {
        {"where was she educated?", "where was she educated Ines Varga ?", nullptr},
        {"where is its location?", "where is its location Orvalis ?", "where is its location Ines Varga ?"},
    };
    for (auto const& row : rows) {
        auto const all = read(row.text, conversation);
        INFO(told(all));
        auto const* first = find(all, row.first);
        REQUIRE(first != nullptr);
        CHECK(find(all, "where was she educated Belcor ?") == nullptr);
        if (row.last == nullptr)
            continue;  // she is no body
        auto const* last = find(all, row.last);
        REQUIRE(last != nullptr);
        CHECK(first->prior > last->prior);
        CHECK(first < last);
    }
}

TEST_CASE("at most three of those spoken of are thought of, and none that is gone", "[assistant]")
{
    auto conversation = after_when();
    conversation.focus = {"nobody", "orvalis", "belcor", "tamarix", "hub"};
    auto const all = read("where is it?", conversation);
    INFO(told(all));
    CHECK(std::ranges::count_if(all, [](Reading const& one) { return one.note.starts_with("of what was spoken of"); }) == 2);
}

TEST_CASE("only a bare follow-up asks for more of what was told", "[assistant]")
{
    auto const more = [](std::vector<Reading> const& all) { return std::ranges::any_of(all, &Reading::more); };
    CHECK(more(read("since when?", after_when())));
    CHECK(more(read("which ones?", after_members())));
    CHECK_FALSE(more(read("and Belcor?", after_when())));
    CHECK_FALSE(more(read("how many employees does it have?", after_when())));
}

TEST_CASE("a name put to words that ask for nothing is no whole question", "[assistant]")
{
    auto const all = read("really?", after_when());
    INFO(told(all));
    auto const* named = find(all, "really Orvalis ?");
    REQUIRE(named != nullptr);
    CHECK_FALSE(named->whole);
    CHECK(find(all, "really?")->whole);
}

TEST_CASE("what stands before the wrapping is left out, as a last resort", "[assistant]")
{
    struct Row {
        char const* text;
        char const* rest;
    };
    static Row const rows[] = {
        {"I write an article on vaccines, could you tell me who leads Belcor?", "who leads Belcor?"},
        {"We visited your stand yesterday: when was Orvalis founded?", "when was Orvalis founded?"},
    };
    for (auto const& row : rows)
        for (auto const& conversation : {Conversation(), after_when()}) {
            auto const all = read(row.text, conversation);
            INFO(told(all));
            CHECK(all.back().text.ends_with(row.rest));
            CHECK(all.back().text.size() < std::string_view(row.text).size() / 2 + 10);
            CHECK(all.back().prior < 0.9f);
        }
    CHECK(read("When was Orvalis founded, please?", {}).size() == 1);
    // A question introduces nothing: what follows it belongs to it.
    for (auto const* text : {"Do you have internships for a master student, I am at Orvalis now", "Is the Foo Institute (the old one by the sea) a member of the hub?"}) {
        auto const all = read(text, {});
        INFO(told(all));
        CHECK(std::ranges::none_of(all, [](Reading const& one) { return one.kind == ReadingKind::introduction; }));
    }
    static constexpr char const* asked_fr = "Est-ce que vous prenez des stagiaires en master, je suis chez Orvalis actuellement";
    auto const french = readings(small_world(), asked_fr, analyse(asked_fr, Language::fr), {}, analyse("", Language::fr));
    CHECK(std::ranges::none_of(french, [](Reading const& one) { return one.kind == ReadingKind::introduction; }));
    auto const told_first = read("I study biology in the north, my school is Orvalis", {});
    CHECK(std::ranges::none_of(told_first, [](Reading const& one) { return one.kind == ReadingKind::introduction && one.whole; }));
}

TEST_CASE("any text has readings with a prior, and none of them is longer than what was said together", "[assistant]")
{
    for (std::string const text : {"?", "!!!", "é", "and", "et", "the second", "it it it it", "\xF0\x9F\x99\x82", "and Belcor and Orvalis and Tamarix?"})
        for (auto const& conversation : {Conversation(), after_when(), after_members()}) {
            auto const all = read(text, conversation);
            INFO(text);
            CHECK_FALSE(all.empty());
            for (auto const& one : all) {
                CHECK(one.prior > 0);
                CHECK(one.text.size() <= text.size() + conversation.asked.size() + 30);
            }
        }
}
