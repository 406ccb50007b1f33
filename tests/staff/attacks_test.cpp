// Accounts under attack: how many guesses are looked at at all, and what the time of an answer tells.
#include "desk_world.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

namespace {

constexpr int guesses = 10'000;
constexpr auto a_span = std::chrono::seconds(300);   // that tries are counted over

struct Besieged : World {
    Besieged()
    {
        auto const hash = hash_password("correct horse battery").value();
        for (int i = 0; i < accounts; ++i)
            desk->store.with([&](auto& store) {
                knowledge::Account const account{0, email(i), email(i), "viewer", {}, false, now, 0};
                REQUIRE(store.invite(account, {}, 0, {"test", "test", "invite"}));
                REQUIRE(store.set_password(store.account(email(i)).value()->id, hash));
            });
    }

    static std::string email(int i) { return "a" + std::to_string(i) + "@example.org"; }
    static std::string address(int i) { return "198.51." + std::to_string(i / 256) + '.' + std::to_string(i % 256); }

    // Whether a guess was looked at: it took a hash.
    bool looked_at(std::string const& who, std::string const& from)
    {
        auto const outcome = desk->accounts.sign_in(who, "a guess of twelve", from).value();
        REQUIRE(outcome.has_error());
        return outcome.error() == SignInFault::wrong;
    }

    static constexpr int accounts = 3;
};

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

}  // namespace

TEST_CASE("of ten thousand guesses few are looked at", "[staff]")
{
    Besieged world;
    int looked = 0;
    SECTION("of one account's password, each from another address")
    {
        for (int i = 0; i < guesses; ++i)
            looked += world.looked_at(Besieged::email(0), Besieged::address(i));
        CHECK(looked == 5);
    }
    SECTION("of all accounts' from one address")
    {
        for (int i = 0; i < guesses; ++i)
            looked += world.looked_at(Besieged::email(i % Besieged::accounts), "198.51.100.1");
        CHECK(looked == 5 * Besieged::accounts);
    }
    SECTION("of all accounts' from a hundred addresses")
    {
        for (int i = 0; i < guesses; ++i)
            looked += world.looked_at(Besieged::email(i % Besieged::accounts), Besieged::address(i % 100));
        CHECK(looked == 5 * Besieged::accounts);
    }
    SECTION("of accounts that are not there, from one address")
    {
        for (int i = 0; i < guesses; ++i)
            looked += world.looked_at("nobody" + std::to_string(i) + "@example.org", "198.51.100.1");
        CHECK(looked == 20);
    }
}

TEST_CASE("who asks from ever new addresses, and for ever new accounts, makes no room for more guesses of one", "[staff]")
{
    Throttle throttle(5, a_span, 100);
    auto const begin = Throttle::Clock::time_point() + std::chrono::hours(1);
    int admitted = 0;
    for (int i = 0; i < guesses; ++i) {
        auto const now = begin + std::chrono::milliseconds(i);
        admitted += throttle.admits("ada", now);
        throttle.admits("nobody" + std::to_string(i), now);
    }
    CHECK(admitted == 5);
    CHECK(throttle.admits("ada", begin + a_span + std::chrono::seconds(20)));
}

TEST_CASE("a year of guessing finds few passwords", "[staff]")
{
    Throttle throttle(5, a_span);
    Throttle::Clock::time_point now{};
    int admitted = 0;
    constexpr int hours = 24;
    for (int second = 0; second < hours * 3600; second += 10, now += std::chrono::seconds(10))
        admitted += throttle.admits("ada", now);
    CHECK(admitted == hours * 3600 / 300 * 5);
}

TEST_CASE("an address without an account takes as long as a wrong password", "[staff]")
{
    Besieged world;
    std::vector<double> known;
    std::vector<double> unknown;
    auto const time = [&](std::vector<double>& times, std::string const& who) {
        auto const begin = std::chrono::steady_clock::now();
        REQUIRE(world.looked_at(who, "198.51.100.1"));
        times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    };
    static_cast<void>(fits("", "the first of all makes the hash that others are compared with"));
    for (int i = 0; i < 5; ++i) {
        time(known, Besieged::email(0));
        time(unknown, "nobody@example.org");
    }
    double const ratio = median(unknown) / median(known);
    INFO(median(known) << " s, " << median(unknown) << " s");
    CHECK(ratio > 0.5);
    CHECK(ratio < 2.0);
}
