#include "assistant/property_model.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

using namespace immunobot::assistant;

namespace {

// Words as numbers.
enum : TermId { when, who, where, was, founded, created, leads, runs, director, located, city, parking, price, share, is, there };
enum : std::uint16_t { founding, leading, location, properties };

TermId const company = PropertyModel::name_of_kind(0);
TermId const hospital = PropertyModel::name_of_kind(1);

// Taught with companies alone.
PropertyModel taught()
{
    PropertyModel model;
    for (auto const& terms : {PropertyModel::Terms{when, was, company, founded}, {when, was, company, created}, {company, founded, when}, {company, created}})
        model.add(terms, founding);
    for (auto const& terms : {PropertyModel::Terms{who, leads, company}, {who, runs, company}, {company, director}, {who, is, director, company}})
        model.add(terms, leading);
    for (auto const& terms : {PropertyModel::Terms{where, is, company}, {where, is, company, located}, {company, city}, {company, located, where}})
        model.add(terms, location);
    for (auto const& terms : {PropertyModel::Terms{is, there, parking, company}, {company, share, price}, {share, price, company}, {parking, company}})
        model.add(terms, PropertyModel::none);
    model.train(properties);
    return model;
}

std::vector<float> score(PropertyModel const& model, PropertyModel::Terms const& terms)
{
    PropertyModel::Scratch scratch;
    std::vector<float> out;
    model.read(terms, scratch);
    model.score(scratch, out);
    return out;
}

std::size_t best(std::vector<float> const& scores)
{
    return static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
}

}  // namespace

TEST_CASE("what was learned of one body is known of all", "[assistant]")
{
    auto const model = taught();
    struct Row {
        char const* what;
        PropertyModel::Terms terms;
        std::size_t best;
    };
    Row const rows[] = {
        {"as taught", {when, was, company, founded}, founding},
        {"of another kind", {when, was, hospital, founded}, founding},
        {"in other words", {who, runs, hospital}, leading},
        {"in another order", {located, is, hospital, where}, location},
        {"a keyword alone", {director}, leading},
        {"a refusal", {is, there, parking, hospital}, properties},
        {"a refusal in other words", {hospital, share, price}, properties},
        {"unknown words", {no_term, 1'000, no_term}, properties},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        auto const scores = score(model, row.terms);
        REQUIRE(scores.size() == properties + 1);
        CHECK(best(scores) == row.best);
        CHECK(std::accumulate(scores.begin(), scores.end(), 0.0f) == Approx(1).margin(0.001));
        CHECK(std::ranges::all_of(scores, [](float one) { return one >= 0 && one <= 1; }));
    }
}

TEST_CASE("the more of a question is unknown, the likelier no property answers it", "[assistant]")
{
    auto const model = taught();
    auto const known = score(model, {when, was, company, founded});
    auto const half = score(model, {when, was, company, founded, no_term, no_term});
    auto const most = score(model, {when, no_term, no_term, no_term, company, founded, no_term, no_term});
    CHECK(known.back() < half.back());
    CHECK(half.back() < most.back());
    CHECK(known[founding] > half[founding]);
}

TEST_CASE("the same lessons make the same model, to the last bit", "[assistant]")
{
    auto const one = taught();
    auto const another = taught();
    for (PropertyModel::Terms const& terms : {PropertyModel::Terms{when, was, hospital, created}, {city}, {}, {no_term}, {parking, director}})
        CHECK(score(one, terms) == score(another, terms));
}

TEST_CASE("a scratch keeps nothing of the question before", "[assistant]")
{
    auto const model = taught();
    PropertyModel::Scratch scratch;
    std::vector<float> first, between, again;
    model.read({who, leads, company}, scratch);
    model.score(scratch, first);
    model.read(PropertyModel::Terms(400, parking), scratch);
    model.score(scratch, between);
    model.read({who, leads, company}, scratch);
    model.score(scratch, again);
    CHECK(first == again);
}

TEST_CASE("a model without lessons knows nothing, and says so by zeros", "[assistant]")
{
    PropertyModel const untrained;
    CHECK(score(untrained, {when, was, company, founded}) == std::vector<float>{0});
    PropertyModel empty;
    empty.train(0);
    CHECK(score(empty, {when}).size() == 1);
    PropertyModel one;
    one.add({when}, 0);
    one.train(1);
    CHECK(score(one, {when}).size() == 2);
}

TEST_CASE("names are no words, whatever their kind", "[assistant]")
{
    CHECK(company != hospital);
    CHECK(PropertyModel::name_of_kind(PropertyModel::no_kind) != no_term);
    CHECK(PropertyModel::name_of_kind(0) > 1'000'000'000);  // more than there are words
}
