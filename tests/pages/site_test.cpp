#include "pages/site.hpp"

#include "world.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace immunobot;
using namespace immunobot::pages;
using namespace immunobot::pages::tests;

TEST_CASE("every entity with facts is in one topic, every fact in one theme", "[pages]")
{
    std::size_t entities = 0;
    std::size_t facts = 0;
    for (auto const& topic : shipped().topics())
        for (auto const* entity : topic.entities) {
            ++entities;
            for (auto const& theme : shipped().themes_of(*entity))
                facts += theme.facts.size();
        }
    CHECK(entities == shipped().knowledge().entities.size());
    CHECK(facts == shipped().knowledge().facts.size());
}

TEST_CASE("every fact that holds answers a natural question, and no question is asked twice of one entity", "[pages]")
{
    for (auto const language : {Language::en, Language::fr}) {
        std::set<std::string> answered;
        for (auto const& entity : shipped().knowledge().entities) {
            std::set<std::string> titles;
            for (auto const& entry : shipped().questions_on(entity, language)) {
                INFO(entry.anchor << ": " << entry.title);
                CHECK(entry.title.ends_with('?'));
                CHECK(titles.insert(entry.title).second);
                for (auto const* fact : entry.facts)
                    answered.insert(fact->id);
            }
        }
        for (auto const& fact : shipped().knowledge().facts) {
            INFO(fact.id);
            CHECK(answered.contains(fact.id) != shipped().is_past(fact.valid_to));
        }
    }
}

TEST_CASE("the search of the FAQ finds words in any case, without accents, begun and in any order", "[pages]")
{
    struct Case {
        std::string words;
        Language language;
        std::string first;  // part of the first title; empty: nothing is found
    };
    Case const cases[] = {
        {"ciml", Language::fr, "CIML"},
        {"CIML cree", Language::fr, "CIML"},
        {"fondee innate", Language::fr, "Innate"},
        {"INNATE foun", Language::en, "Innate"},
        {"wellspring of unicorns", Language::en, ""},
        {"", Language::en, ""},
        {"?!", Language::en, ""},
        {"<script>", Language::en, ""},
    };
    for (auto const& one : cases) {
        INFO(one.words);
        auto const found = shipped().search(one.words, one.language, 50);
        if (one.first.empty()) {
            CHECK(found.empty());
            continue;
        }
        REQUIRE_FALSE(found.empty());
        CHECK(found.front()->title.find(one.first) != std::string::npos);
        CHECK(found.size() <= 50);
    }
}

TEST_CASE("the FAQ says who answers and what can be asked", "[pages]")
{
    for (auto const language : {Language::en, Language::fr}) {
        auto const& about = shipped().about(language);
        REQUIRE(about.size() == 2);
        auto const page = faq_page({shipped(), Addresses::of_server(""), language});
        for (auto const& entry : about) {
            CAPTURE(entry.title);
            CHECK(page.find("id=\"" + entry.anchor + "\"") != std::string::npos);
            auto const found = shipped().search(entry.title, language, 5);
            CHECK(std::ranges::find(found, &entry) != found.end());
        }
    }
}

TEST_CASE("what has ended is past, what ends today is not", "[pages]")
{
    CHECK(shipped().is_past("2026-11-24"));
    CHECK_FALSE(shipped().is_past("2026-11-25"));
    CHECK_FALSE(shipped().is_past("2026"));
    CHECK(shipped().is_past("2025"));
    CHECK_FALSE(shipped().is_past(""));
    CHECK_FALSE(shipped().is_past("some day"));
}

TEST_CASE("relations name each other entity once", "[pages]")
{
    auto const* ciml = shipped().entity("ciml");
    REQUIRE(ciml);
    auto const found = shipped().relations_of(*ciml);
    std::set<Entity const*> all{found.parent};
    for (auto const* one : found.children)
        CHECK(all.insert(one).second);
    for (auto const* one : found.others)
        CHECK(all.insert(one).second);
    CHECK_FALSE(all.contains(ciml));
    CHECK(all.size() > 3);
}

TEST_CASE("without the ways of asking that are no titles, the questions are the same", "[pages]")
{
    auto less = *shipped_knowledge();
    keep_titles(less);
    CHECK(less.askings.size() <= shipped().knowledge().facts.size());
    Site const site(std::make_shared<knowledge::Knowledge const>(std::move(less)), day);
    for (auto const language : {Language::en, Language::fr})
        for (auto const& entity : shipped().knowledge().entities) {
            auto const& whole = shipped().questions_on(entity, language);
            auto const& kept = site.questions_on(*site.entity(entity.id), language);
            REQUIRE(whole.size() == kept.size());
            for (std::size_t i = 0; i < whole.size(); ++i)
                CHECK(whole[i].title == kept[i].title);
        }
}

TEST_CASE("a site without anything has pages too", "[pages]")
{
    Site const nothing(std::make_shared<knowledge::Knowledge const>(), day);
    CHECK(nothing.house() == nullptr);
    for (auto const& [path, page] : all_pages(nothing, Addresses::of_server("")))
        CHECK(page.find("</html>") != std::string::npos);
}

TEST_CASE("what is not told on a day stands on no page", "[pages]")
{
    auto knowledge = shipped().knowledge();
    auto& fact = knowledge.facts.front();
    knowledge.faq.push_back({"with-fact", {"What holds?"}, {"Qu'est-ce qui vaut ?"}, {"This: {{" + fact.id + "}}", "Ceci : {{" + fact.id + "}}"}, {}, knowledge.sources.front().id, {}, {}});
    auto const shows = [&](bool silent) {
        knowledge.silent_when_over = silent;
        Site const site(std::make_shared<knowledge::Knowledge const>(knowledge), {2026, 11, 27});
        auto const& facts = site.knowledge().facts;
        auto const& frequent = site.frequent(Language::en);
        bool const listed = std::ranges::find(facts, fact.id, &Fact::id) != facts.end();
        bool const taken_in = std::ranges::any_of(frequent, [](Entry const& entry) { return entry.anchor == "with-fact"; });
        CHECK(listed == taken_in);
        return listed;
    };
    CHECK(shows(false));
    CHECK(shows(true));
    SECTION("still to come")
    {
        fact.valid_from = "2026-11-28";
        CHECK_FALSE(shows(false));
    }
    SECTION("ended, where that is not told")
    {
        fact.valid_to = "2026-11-26";
        CHECK(shows(false));
        CHECK_FALSE(shows(true));
    }
    SECTION("history, which says itself when it ended")
    {
        fact.valid_to = "2019";
        fact.text = {"It was so until 2019.", "C'\u00e9tait ainsi jusqu'en 2019."};
        CHECK(shows(true));
    }
}
