#include "intents/packed_weights.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::intents;

namespace {

LinearWeights some_weights(std::uint32_t features, std::uint32_t classes)
{
    LinearWeights out(features, classes);
    for (std::uint32_t f = 0; f <= features; ++f)
        for (std::uint32_t k = 0; k < classes; ++k)
            out.row(f)[k] = static_cast<float>(static_cast<int>((f * 7 + k * 3) % 11) - 5) / 4;
    return out;
}

}  // namespace

TEST_CASE("packed weights give nearly the same margins", "[intents]")
{
    for (std::uint32_t const classes : {1u, 3u, 8u, 11u}) {
        auto const exact = some_weights(20, classes);
        PackedWeights const packed(exact);
        REQUIRE(packed.classes() == classes);
        std::vector<Weighted> const cells{{0, 0.4f}, {3, -0.2f}, {19, 0.9f}};
        std::vector<float> near, real;
        packed.margins(cells, near);
        exact.margins(cells, real);
        REQUIRE(near.size() == classes);
        for (std::uint32_t k = 0; k < classes; ++k)
            CHECK(near[k] == Approx(real[k]).margin(0.01));
    }
}

TEST_CASE("features that are not kept leave the others as they were", "[intents]")
{
    PackedWeights const whole(some_weights(6, 3));
    PackedWeights some = whole;
    std::vector<std::uint32_t> const kept{1, 4};
    some.keep(kept);
    std::vector<float> before, after;
    whole.margins(std::vector<Weighted>{{1, 1}, {4, 0.5f}}, before);
    some.margins(std::vector<Weighted>{{0, 1}, {1, 0.5f}}, after);
    CHECK(before == after);
    CHECK(some.heaviest(1) == whole.heaviest(4));
}

TEST_CASE("weights of nothing are no weights", "[intents]")
{
    PackedWeights const none;
    std::vector<float> out{1};
    none.margins({}, out);
    CHECK(out.empty());
    PackedWeights const zero(LinearWeights(4, 2));
    zero.margins(std::vector<Weighted>{{2, 1}}, out);
    CHECK(out == std::vector<float>{0, 0});
}
