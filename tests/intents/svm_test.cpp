#include "intents/svm.hpp"

#include <catch2/catch.hpp>

#include <numeric>

using namespace immunobot::intents;

namespace {

// Four rows a class; class k has feature k, all share feature 3, and the fourth row of each has a feature of its own.
struct Problem {
    SparseRows rows;
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> all;

    Problem()
    {
        for (std::uint32_t k = 0; k < 3; ++k)
            for (std::uint32_t i = 0; i < 4; ++i) {
                rows.cells.push_back({k, 0.8f});
                rows.cells.push_back({i == 3 ? 4 + k : 3, 0.6f});
                rows.close();
                labels.push_back(k);
            }
        all.resize(labels.size());
        std::iota(all.begin(), all.end(), 0u);
    }
};

std::vector<float> margins(LinearWeights const& weights, std::vector<Weighted> const& cells)
{
    std::vector<float> out;
    weights.margins(cells, out);
    out.resize(weights.classes);
    return out;
}

}  // namespace

TEST_CASE("each class ends on its side of the margin", "[intents]")
{
    Problem problem;
    SvmTrainer trainer(problem.rows, problem.labels, 7, 3);
    trainer.run(problem.all, 100);
    for (std::size_t i = 0; i < problem.labels.size(); ++i) {
        auto const row = problem.rows.row(i);
        auto const found = margins(trainer.weights(), {row.begin(), row.end()});
        for (std::uint32_t k = 0; k < 3; ++k)
            CHECK((found[k] > 0) == (k == problem.labels[i]));
    }
    auto const nothing = margins(trainer.weights(), {});
    for (float const margin : nothing)
        CHECK(margin < 0);
}

TEST_CASE("forgotten rows leave no trace once the others are settled again", "[intents]")
{
    Problem problem;
    std::vector<std::uint32_t> const some = {3, 7, 11};
    std::vector<std::uint32_t> others;
    for (std::uint32_t const row : problem.all)
        if (row % 4 != 3)
            others.push_back(row);

    SvmTrainer knew(problem.rows, problem.labels, 7, 3);
    knew.run(problem.all, 100);
    knew.forget(some);
    knew.run(others, 500);
    SvmTrainer never(problem.rows, problem.labels, 7, 3);
    never.run(others, 500);
    for (std::uint32_t feature = 0; feature <= 7; ++feature)
        for (std::uint32_t k = 0; k < 3; ++k)
            CHECK(knew.weights().row(feature)[k] == Approx(never.weights().row(feature)[k]).margin(0.1));
    CHECK(knew.weights().row(4)[0] == Approx(0).margin(1e-5));
}

TEST_CASE("no rows, no weights", "[intents]")
{
    SparseRows const rows;
    SvmTrainer trainer(rows, {}, 0, 2);
    trainer.run({}, 10);
    CHECK(margins(trainer.weights(), {}) == std::vector<float>{0, 0});
}
