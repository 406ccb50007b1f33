#include "assistant/fact_models.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

using namespace immunobot::assistant;

namespace {

enum : TermId { who, leads, when, founded, what, makes, phone, parking, of };
enum : std::uint16_t { leader, founding, product, properties };
using Terms = PropertyModel::Terms;

TermId const company = PropertyModel::name_of_kind(0);

struct World {
    PropertyModel model;
    FactModels facts;

    // Entity 0 has three facts, entity 1 a leader alone, entity 2 nothing.
    World()
    {
        auto const ask = [&](std::uint32_t entity, Terms const& terms, std::uint16_t place, std::uint16_t property) {
            model.add(terms, property);
            facts.add(entity, terms, place);
        };
        for (auto const& terms : {Terms{who, leads, company}, {company, leads, who}, {leads, company}}) {
            ask(0, terms, 0, leader);
            ask(1, terms, 0, leader);
        }
        for (auto const& terms : {Terms{when, founded, company}, {company, founded}, {founded, when, company}}) {
            ask(0, terms, 1, founding);
            facts.add(1, terms, PropertyModel::none);
        }
        for (auto const& terms : {Terms{what, makes, company}, {company, makes, what}, {makes, company}})
            ask(0, terms, 2, product);
        for (auto const& terms : {Terms{phone, of, company}, {company, parking}, {parking, company}}) {
            model.add(terms, PropertyModel::none);
            facts.add(0, terms, PropertyModel::none);
        }
        model.train(properties);
        facts.train(model, {3, 1, 0});
    }

    std::vector<float> score(std::uint32_t entity, Terms const& terms) const
    {
        PropertyModel::Scratch scratch;
        std::vector<float> out;
        model.read(terms, scratch);
        facts.score(entity, scratch, out);
        return out;
    }
};

std::size_t best(std::vector<float> const& scores)
{
    return static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
}

}  // namespace

TEST_CASE("each entity tells its own facts apart, and what it has none for", "[assistant]")
{
    World const world;
    struct Row {
        std::uint32_t entity;
        Terms terms;
        std::size_t facts;
        std::size_t best;
    };
    Row const rows[] = {
        {0, {who, leads, company}, 3, 0}, {0, {founded, company}, 3, 1}, {0, {makes, company}, 3, 2}, {0, {company, parking}, 3, 3},
        {1, {who, leads, company}, 1, 0}, {1, {when, founded, company}, 1, 1},
    };
    for (auto const& row : rows) {
        auto const scores = world.score(row.entity, row.terms);
        REQUIRE(scores.size() == row.facts + 1);
        CHECK(best(scores) == row.best);
        CHECK(std::accumulate(scores.begin(), scores.end(), 0.0f) == Approx(1).margin(0.001));
    }
}

TEST_CASE("an entity without facts, or that there is not, scores nothing", "[assistant]")
{
    World const world;
    CHECK(world.score(2, {who, leads, company}).empty());
    CHECK(world.score(99, {who, leads, company}).empty());
}
