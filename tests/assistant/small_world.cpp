#include "small_world.hpp"

#include "assistant/assistant.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace immunobot::assistant::tests {

knowledge::Knowledge small_knowledge()
{
    knowledge::Knowledge k;
    k.sources = {{"web", "The page", "The Hub", "https://example.org/page", "2020", "2026-11-23"}};
    k.entities = {
        {"hub", "network", {"Sirocco Hub", "Sirocco Hub"}, "", {}, ""},
        {"orvalis", "company", {"Orvalis", "Orvalis"}, "", {}, "hub"},
        {"belcor", "research_centre", {"Belcor", "Belcor"}, "", {"Belcor Institute", "institut Belcor"}, "hub"},
        {"tamarix", "research_centre", {"Tamarix", "Tamarix"}, "", {}, "hub"},
        {"kasimir-fund", "funder", {"Kasimir Fund", "Fonds Kasimir"}, "", {}, ""},
        {"ines-varga", "person", {"Ines Varga", "Ines Varga"}, "", {}, ""},
        {"paul-lorrin", "person", {"Paul Lorrin", "Paul Lorrin"}, "", {}, ""},
    };
    auto const add = [&](std::string id, std::string value, std::string en, std::string fr, std::string from = {}, std::string unit = {}) {
        auto const dot = id.find('.');
        auto const entity = id.substr(0, dot);
        auto const property = id.substr(dot + 1, id.rfind('.') - dot - 1);
        k.facts.push_back({id, entity, property, std::move(value), std::move(unit), {std::move(en), std::move(fr)}, std::move(from), "", "", "web", "public"});
    };
    add("orvalis.founded.1", "1999", "Orvalis was founded in 1999.", "Orvalis a été fondée en 1999.", "1999");
    add("belcor.founded.1", "1976", "Belcor was founded in 1976.", "Belcor a été fondé en 1976.", "1976");
    add("tamarix.founded.1", "2004", "Tamarix was founded in 2004.", "Tamarix a été fondé en 2004.", "2004");
    add("orvalis.leader.1", "ines-varga", "Ines Varga has led Orvalis since 2015.", "Ines Varga dirige Orvalis depuis 2015.", "2015");
    add("belcor.leader.1", "paul-lorrin", "Paul Lorrin leads Belcor.", "Paul Lorrin dirige Belcor.");
    add("orvalis.location.1", "Lisbon", "Orvalis is located in Lisbon.", "Orvalis se trouve à Lisbonne.");
    add("belcor.location.1", "Geneva", "Belcor is located in Geneva.", "Belcor se trouve à Genève.");
    add("orvalis.headcount.1", "85", "Orvalis has 85 employees.", "Orvalis compte 85 salariés.");
    add("belcor.headcount.1", "250", "Belcor has 250 employees.", "Belcor compte 250 salariés.");
    add("hub.member_count.1", "3", "The Sirocco Hub has 3 members.", "Le Sirocco Hub compte 3 membres.");
    add("hub.has_member.1", "belcor|orvalis|tamarix", "The members of the Sirocco Hub are Belcor, Orvalis and Tamarix.",
        "Les membres du Sirocco Hub sont Belcor, Orvalis et Tamarix.");
    add("orvalis.funded_by.1", "kasimir-fund", "Orvalis is funded by the Kasimir Fund.", "Orvalis est financée par le Fonds Kasimir.");
    k.faq = {{"visit", {"Can I visit the hub?"}, {"Peut-on visiter le hub ?"}, {"Yes, visits take place on Mondays.", "Oui, les visites ont lieu le lundi."}, "hub", "web", "", ""}};
    k.askings = {
        {"orvalis.founded", {"When was Orvalis founded?", "In which year was Orvalis created?", "How old is Orvalis?"}, {"Quand a été fondée Orvalis ?", "En quelle année Orvalis a-t-elle été créée ?"}},
        {"belcor.founded", {"When was Belcor founded?", "How old is Belcor?"}, {"Quand a été fondé Belcor ?", "Quel âge a Belcor ?"}},
        {"tamarix.founded", {"When was Tamarix founded?"}, {"Quand a été fondé Tamarix ?"}},
        {"orvalis.leader", {"Who leads Orvalis?", "Who is the head of Orvalis?"}, {"Qui dirige Orvalis ?", "Qui est à la tête d'Orvalis ?"}},
        {"belcor.leader", {"Who leads Belcor?", "Who runs Belcor?"}, {"Qui dirige Belcor ?"}},
        {"orvalis.location", {"Where is Orvalis?"}, {"Où se trouve Orvalis ?"}},
        {"belcor.location", {"Where is Belcor?"}, {"Où se trouve Belcor ?"}},
        {"orvalis.headcount", {"How many people work at Orvalis?"}, {"Combien de salariés compte Orvalis ?"}},
        {"belcor.headcount", {"How many people work at Belcor?"}, {"Combien de salariés compte Belcor ?"}},
        {"hub.member_count", {"How many members does the hub have?"}, {"Combien de membres compte le hub ?"}},
        {"hub.has_member", {"Who are the members of the hub?", "Which members does the hub have?"}, {"Qui sont les membres du hub ?", "Quels sont les membres du hub ?"}},
        {"orvalis.funded_by", {"Who funds Orvalis?"}, {"Qui finance Orvalis ?"}},
    };
    return k;
}

std::shared_ptr<IntentSet const> shipped_intents()
{
    static auto const set = [] {
        auto const shipped = read_intent_set({"", IMMUNOBOT_ROOT "/intents", IMMUNOBOT_ROOT "/data"}, nullptr);
        auto few = std::make_shared<IntentSet>(*shipped);
        few->refusals = {{Language::en, "Is there parking at Belcor?"}, {Language::fr, "Y a-t-il un parking chez Orvalis ?"}, {Language::en, "What is the share price of Orvalis?"}};
        return std::shared_ptr<IntentSet const>(std::move(few));
    }();
    return set;
}

Snapshot const& small_world()
{
    static auto const world = std::make_unique<Snapshot const>(shipped_intents(), small_knowledge());
    return *world;
}

Snapshot const& world_of_fewer_facts()
{
    static auto const world = [] {
        auto fewer = small_knowledge();
        fewer.facts.pop_back();
        fewer.faq.clear();
        return std::make_unique<Snapshot const>(shipped_intents(), std::move(fewer));
    }();
    return *world;
}

Analysis analyse(std::string_view text, std::optional<Language> forced)
{
    static text::Stemmer stemmer;
    return Analyser(small_world()).analyse(text, {}, {}, stemmer, forced);
}

EntityId entity(std::string_view id)
{
    auto const& all = small_world().entities;
    auto const at = std::ranges::find(all, id, &EntityCard::id);
    REQUIRE(at != all.end());
    return static_cast<EntityId>(at - all.begin());
}

FactIndexId fact(std::string_view id)
{
    auto const& all = small_world().index.facts();
    auto const at = std::ranges::find(all, id, &FactFeatures::id);
    REQUIRE(at != all.end());
    return static_cast<FactIndexId>(at - all.begin());
}

std::vector<RankedFact> ranked(Analysis const& analysis)
{
    static Ranker ranker;
    std::vector<RankedFact> out;
    ranker.rank(small_world(), analysis, 24, out);
    return out;
}

}  // namespace immunobot::assistant::tests
