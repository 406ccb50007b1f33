#include "assistant/wordings.hpp"

#include "small_world.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

// The list of the made-up world's wordings, and what a question looks like to it: each word a slot of weight 1.
class Compared {
public:
    explicit Compared(std::vector<std::string> const& words)
    {
        auto const& codes = wordings().codes();
        marks_.begin(codes.of_term(static_cast<TermId>(small_world().index.terms())));
        for (auto const& word : words) {
            marks_.open_slot(1);
            if (auto const* known = small_world().vocabulary.find(word))
                for (auto const stem : known->stem)
                    marks_.mark(codes.of_term(stem), 1);
        }
    }
    Wordings::Similarity with(std::string_view id, Language language = Language::en) const { return wordings().compare(fact(id), language, marks_); }
    static Wordings const& wordings() { return small_world().index.wordings(); }
    Wordings::Marks& marks() { return marks_; }

private:
    Wordings::Marks marks_;
};

Code code_of(std::string_view word)
{
    auto const* known = small_world().vocabulary.find(word);
    REQUIRE(known != nullptr);
    return Compared::wordings().codes().of_term(known->stem[0]);
}

}  // namespace

TEST_CASE("the codes of concepts, entities, classes and terms do not overlap", "[assistant]")
{
    Codes const codes{10, 5};
    CHECK(codes.of_concept(9) == 9);
    CHECK(codes.of_entity(0) == 10);
    CHECK(codes.of_entity(4) == 14);
    CHECK(codes.of_class(0) == 15);
    CHECK(codes.of_class(31) == 46);
    CHECK(codes.of_term(0) == 47);
    CHECK(codes.is_concept(9));
    CHECK_FALSE(codes.is_concept(10));
}

TEST_CASE("a question is like the nearest way of asking for a fact", "[assistant]")
{
    // "Who is the head of Orvalis?" beside "Who leads Orvalis?"
    Compared const head({"head"});
    CHECK(head.with("orvalis.leader.1").of_question == 1);
    CHECK(head.with("orvalis.leader.1").best > 0.2f);
    CHECK(head.with("orvalis.leader.1").best < 1);
    CHECK(head.with("belcor.leader.1").best == 0);
    CHECK(head.with("orvalis.founded.1").best == 0);
    Compared const nothing({"zebra"});
    CHECK(nothing.with("orvalis.leader.1").best == 0);
}

TEST_CASE("the nearest way of asking counts, wherever it stands", "[assistant]")
{
    // Both "Who leads Orvalis?" and "Who is the head of Orvalis?" name Orvalis.
    for (auto const* word : {"leads", "head"}) {
        Compared question({word});
        question.marks().open_slot(2);
        question.marks().mark(Compared::wordings().codes().of_entity(entity("orvalis")), 1);
        INFO(word);
        CHECK(question.with("orvalis.leader.1").of_question == Approx(1));
    }
}

TEST_CASE("shares are between nothing and all, and all only of the very words", "[assistant]")
{
    Compared question({"head"});
    question.marks().open_slot(2);
    question.marks().mark(Compared::wordings().codes().of_entity(entity("orvalis")), 1);
    auto const part = question.with("orvalis.leader.1");
    CHECK(part.of_question == Approx(1));
    CHECK(part.of_wording < 1);  // "who" is missing
    for (std::uint32_t bit = 0; bit < Codes::classes; ++bit)
        if ((intents::asks_who >> bit & 1u) != 0) {
            question.marks().open_slot(1);
            question.marks().mark(Compared::wordings().codes().of_class(bit), 1);
        }
    auto const whole = question.with("orvalis.leader.1");
    CHECK(whole.best == Approx(1));
    CHECK(whole.of_question == Approx(1));
    CHECK(whole.of_wording == Approx(1));
    question.marks().open_slot(4);  // half of the question is about something else
    auto const half = question.with("orvalis.leader.1");
    CHECK(half.of_question == Approx(0.5));
    CHECK(half.of_wording == Approx(1));
    CHECK(half.best < whole.best);
    CHECK(half.best > 0.5f);
}

TEST_CASE("a weaker mark is a weaker likeness", "[assistant]")
{
    float before = 0;
    for (float const strength : {0.0f, 0.25f, 0.5f, 0.75f, 1.0f}) {
        Compared question({});
        question.marks().open_slot(1);
        question.marks().mark(code_of("head"), strength);
        auto const alike = question.with("orvalis.leader.1");
        CHECK(alike.best >= before);
        CHECK(alike.of_question == Approx(strength));
        before = alike.best;
    }
}

TEST_CASE("a wording counts in its own language alone", "[assistant]")
{
    Compared const head({"head"});
    CHECK(head.with("orvalis.leader.1", Language::fr).best == 0);
    Compared const tete({"tete"});
    CHECK(tete.with("orvalis.leader.1", Language::fr).best > 0);
    CHECK(tete.with("orvalis.leader.1", Language::en).best == 0);
}

TEST_CASE("an asking for a property is one of every such fact, an entry of the FAQ has its questions", "[assistant]")
{
    CHECK(Compared({"founded"}).with("tamarix.founded.1").best > 0);
    CHECK(Compared({"visit"}).with("visit").best > 0);
    CHECK(Compared({"visit"}).with("orvalis.leader.1").best == 0);
}

TEST_CASE("what is not there is like nothing", "[assistant]")
{
    auto const& wordings = Compared::wordings();
    Wordings::Marks marks;
    marks.begin(10);
    CHECK(wordings.compare(0, Language::en, marks).best == 0);            // no question
    CHECK(Compared({"founded"}).wordings().compare(1'000'000, Language::en, marks).best == 0);
    Wordings empty(Codes{0, 0});
    empty.finish(0, 0);
    marks.open_slot(1);
    CHECK(empty.compare(0, Language::fr, marks).best == 0);
    CHECK(empty.size() == 0);
}

TEST_CASE("marks are forgotten when the next question begins", "[assistant]")
{
    Compared question({"head"});
    CHECK(question.with("orvalis.leader.1").best > 0);
    question.marks().begin(1);
    question.marks().open_slot(1);
    CHECK(question.with("orvalis.leader.1").best == 0);
    question.marks().mark(0xFFFFFFFF, 1);  // no such code
    CHECK(question.with("orvalis.leader.1").best == 0);
}

TEST_CASE("a question of very many slots is still compared", "[assistant]")
{
    Compared question({"head"});
    for (int i = 0; i < 1'000; ++i) {
        question.marks().open_slot(1);
        question.marks().mark(code_of("founded"), 0.5f);
    }
    CHECK(question.with("orvalis.leader.1").of_question == Approx(1.0 / 1001));
}

TEST_CASE("a word is the rarer the fewer facts are asked for with it", "[assistant]")
{
    auto const& wordings = Compared::wordings();
    auto const facts = static_cast<float>(small_world().index.facts().size());
    CHECK(wordings.rarity(code_of("head")) == Approx(std::log(1 + facts)));
    CHECK(wordings.rarity(code_of("founded")) == Approx(std::log(1 + facts / 3)));
    CHECK(wordings.rarity(code_of("employees")) == 0);
    CHECK(wordings.rarity(0xFFFFFFFF) == 0);
}

TEST_CASE("every code of a fact is told once, in the order of the facts, with how many wordings have it", "[assistant]")
{
    Linker const linker(small_knowledge().entities, [](std::string_view) { return false; });
    Vocabulary known(shipped_intents()->lexicon);
    for (auto const& word : linker.words())
        known.add(word).name = true;
    Wordings wordings(Compared::wordings().codes());
    auto const add = [&](std::uint32_t of, std::string_view text) {
        WordingText read;
        read.read(text, Language::en, known, linker);
        wordings.add(of, read, entity("hub"));
    };
    add(1, "Who leads Orvalis?");
    add(0, "Where is Belcor?");
    add(1, "Who leads Orvalis, and who leads it well?");
    add(1, "Who is the head of Orvalis?");
    wordings.finish(2, known.terms());
    CHECK(wordings.size() == 4);

    std::vector<std::pair<std::uint32_t, Code>> seen;
    std::map<Code, std::uint32_t> leaders;
    wordings.each_code([&](std::uint32_t of, Code code, std::uint32_t uses) {
        seen.emplace_back(of, code);
        if (of == 1)
            leaders[code] = uses;
    });
    auto const& codes = wordings.codes();
    CHECK(leaders[codes.of_entity(entity("orvalis"))] == 3);
    CHECK(leaders[codes.of_term(known.add("leads").stem[0])] == 2);  // twice in one wording is once
    CHECK(leaders[codes.of_term(known.add("head").stem[0])] == 1);
    CHECK(std::ranges::is_sorted(seen));
    CHECK(std::ranges::adjacent_find(seen) == seen.end());
}
