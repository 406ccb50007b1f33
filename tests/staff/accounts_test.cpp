#include "desk_world.hpp"

#include "staff/secret.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

namespace {

Person const operator_{0, "command line", "", Role::admin, "terminal"};
constexpr char const* password = "correct horse battery";

struct Signed : World {
    Signed()
    {
        auto const link = desk->accounts.invite(operator_, "Ada@example.org", "Ada", Role::admin).value();
        REQUIRE(failure(desk->accounts.set_password(link, password, "here")) == "");
        used_link = link;
    }
    boost::system::result<SignedIn, SignInFault> try_in(std::string_view email, std::string_view typed, std::string const& from = "192.0.2.1")
    {
        return desk->accounts.sign_in(email, typed, from).value();
    }
    SignedIn signed_in(std::string_view email)
    {
        auto in = try_in(email, password);
        REQUIRE(in.has_value());
        return *in;
    }
    // "in", or why not.
    std::string sign_in(std::string_view email, std::string_view typed, std::string const& from = "192.0.2.1")
    {
        auto const in = try_in(email, typed, from);
        return in.has_value() ? "in" : in.error() == SignInFault::wrong ? "wrong" : "too often";
    }
    std::string used_link;
};

}  // namespace

TEST_CASE("signing in, from the first link to the last click", "[staff]")
{
    Signed world;
    auto& accounts = world.desk->accounts;
    SECTION("there is no account before somebody is invited")
    {
        World empty;
        CHECK(empty.desk->store.with([](auto& store) { return store.accounts(); }).value().empty());
    }
    SECTION("a link works once")
    {
        CHECK(accounts.set_password(world.used_link, "another good password", "here").error().code == Errc::not_found);
        CHECK_FALSE(accounts.invited(world.used_link).value());
    }
    SECTION("a link grows old")
    {
        auto const link = accounts.invite(operator_, "bob@example.org", "Bob", Role::viewer).value();
        CHECK(accounts.invited(link).value());
        world.now += 73 * 3600;
        CHECK_FALSE(accounts.invited(link).value());
    }
    SECTION("a wrong password and an unknown address look the same")
    {
        CHECK(world.sign_in("ada@example.org", "wrong password here") == "wrong");
        CHECK(world.sign_in("eve@example.org", password) == "wrong");
        CHECK(world.sign_in("ada@example.org", password) == "in");
    }
    SECTION("five tries, then even the right one has to wait")
    {
        for (int i = 0; i < 5; ++i)
            CHECK(world.sign_in("ada@example.org", "wrong password here", "192.0.2." + std::to_string(i)) == "wrong");
        CHECK(world.sign_in("ada@example.org", password, "192.0.2.99") == "too often");
    }
    SECTION("each sign-in has a session of its own, which ends when it is left")
    {
        auto const one = world.signed_in("ADA@example.org");
        auto const two = world.signed_in("ada@example.org");
        CHECK(one.secret != two.secret);
        auto const visit = accounts.visit(one.secret, "192.0.2.1").value();
        REQUIRE(visit);
        CHECK(visit->person.email == "ada@example.org");
        REQUIRE(failure(accounts.sign_out(*visit)) == "");
        CHECK_FALSE(accounts.visit(one.secret, "192.0.2.1").value());
        CHECK(accounts.visit(two.secret, "192.0.2.1").value());
        CHECK_FALSE(accounts.visit("", "192.0.2.1").value());
        CHECK_FALSE(accounts.visit("guess", "192.0.2.1").value());
    }
    SECTION("a session ends half an hour after the last click")
    {
        auto const in = world.signed_in("ada@example.org");
        world.now += 29 * 60;
        CHECK(accounts.visit(in.secret, "x").value());
        world.now += 29 * 60;
        CHECK(accounts.visit(in.secret, "x").value());
        world.now += 31 * 60;
        CHECK_FALSE(accounts.visit(in.secret, "x").value());
    }
    SECTION("a session ends after half a day, whatever is clicked")
    {
        auto const in = world.signed_in("ada@example.org");
        for (int i = 0; i < 35; ++i) {
            world.now += 20 * 60;
            CHECK(accounts.visit(in.secret, "x").value());
        }
        world.now += 20 * 60;
        CHECK_FALSE(accounts.visit(in.secret, "x").value());
    }
    SECTION("a disabled account is out at once, and the last administrator stays")
    {
        auto const link = accounts.invite(operator_, "bob@example.org", "Bob", Role::editor).value();
        REQUIRE(failure(accounts.set_password(link, password, "here")) == "");
        auto const in = world.signed_in("bob@example.org");
        REQUIRE(failure(accounts.change(operator_, "bob@example.org", Role::editor, true)) == "");
        CHECK_FALSE(accounts.visit(in.secret, "x").value());
        CHECK(world.sign_in("bob@example.org", password) == "wrong");
        CHECK(accounts.change(operator_, "ada@example.org", Role::viewer, false).error().code == Errc::conflict);
        CHECK(accounts.change(operator_, "ada@example.org", Role::admin, true).error().code == Errc::conflict);
    }
    SECTION("an invitation takes no administrator away and lets nobody in again")
    {
        CHECK(accounts.invite(operator_, "ada@example.org", "Ada", Role::viewer).error().code == Errc::conflict);
        CHECK(accounts.invite(operator_, "ada@example.org", "Ada", Role::admin));   // a new password
        REQUIRE(failure(accounts.invite(operator_, "bob@example.org", "Bob", Role::editor)) == "");
        REQUIRE(failure(accounts.change(operator_, "bob@example.org", Role::editor, true)) == "");
        CHECK(accounts.invite(operator_, "bob@example.org", "Bob", Role::editor).error().code == Errc::conflict);
        CHECK_FALSE(accounts.find("bob@example.org", "x").value());
    }
    SECTION("an address that is known keeps its role, and its session")
    {
        auto const link = accounts.invite(operator_, "bob@example.org", "Bob", Role::editor).value();
        REQUIRE(failure(accounts.set_password(link, password, "here")) == "");
        auto const in = world.signed_in("bob@example.org");
        CHECK(accounts.invite(operator_, "Bob@example.org", "Robert", Role::answerer).error().code == Errc::conflict);
        CHECK(accounts.find("bob@example.org", "x").value()->role == Role::editor);
        CHECK(accounts.visit(in.secret, "x").value());
        CHECK(accounts.invite(operator_, "bob@example.org", "Bob", Role::answerer, Accounts::Known::gets_the_role));   // by whoever runs the server
        CHECK(accounts.find("bob@example.org", "x").value()->role == Role::answerer);
    }
    SECTION("one who was invited and never came is no administrator to leave it to")
    {
        auto const link = accounts.invite(operator_, "bob@example.org", "Bob", Role::admin).value();
        CHECK(accounts.change(operator_, "ada@example.org", Role::viewer, false).error().code == Errc::conflict);
        REQUIRE(failure(accounts.set_password(link, password, "here")) == "");
        CHECK(accounts.change(operator_, "ada@example.org", Role::viewer, false));
    }
    SECTION("names stand in one line, and what is made with an old password ends with it")
    {
        for (auto const* name : {"Bob\nadmin@example.org", "Bob\r", "B\tob", "Bob\x1b[2J", "Bob\u202e", "B\u200bob"}) {
            INFO(name);
            CHECK(accounts.invite(operator_, "bob@example.org", name, Role::editor).error().code == Errc::bad_request);
            CHECK(accounts.make_token(*accounts.find("ada@example.org", "x").value(), name, Role::viewer, 10).error().code == Errc::bad_request);
        }
        auto const token = accounts.make_token(*accounts.find("ada@example.org", "x").value(), "report", Role::viewer, 10).value();
        CHECK(accounts.bearer(token, "x").value());
        auto const link = accounts.invite(operator_, "ada@example.org", "Ada", Role::admin).value();
        CHECK(accounts.bearer(token, "x").value());
        REQUIRE(failure(accounts.set_password(link, "another good password", "here")) == "");
        CHECK_FALSE(accounts.bearer(token, "x").value());
    }
    SECTION("a proxy vouches for those who have an account")
    {
        CHECK(accounts.vouched("ada@example.org", "192.0.2.1").value());
        CHECK_FALSE(accounts.vouched("eve@example.org", "192.0.2.1").value());
        CHECK_FALSE(accounts.vouched("nonsense", "192.0.2.1").value());
    }
    SECTION("a token has at most its owner's role, and an end")
    {
        auto const ada = accounts.find("ada@example.org", "x").value().value();
        auto const token = accounts.make_token(ada, "intranet", Role::viewer, 30).value();
        CHECK(accounts.bearer(token, "x").value()->role == Role::viewer);
        CHECK_FALSE(accounts.bearer("guess", "x").value());
        world.now += 31 * 86'400;
        CHECK_FALSE(accounts.bearer(token, "x").value());
        Person weak = ada;
        weak.role = Role::viewer;
        CHECK_FALSE(accounts.make_token(weak, "more", Role::admin, 1));
    }
    SECTION("all of it is in the audit log, no secret is in the file")
    {
        auto const in = world.signed_in("ada@example.org");
        CHECK_FALSE(world.desk->store.with([](auto& store) { return store.first_broken_audit_row(); }).value().has_value());
        CHECK(world.desk->store.with([](auto& store) { return store.audit({}); }).value().size() >= 3);
        for (auto const* file : {"bot.db", "bot.db-wal"}) {
            auto const bytes = knowledge::tests::read_bytes(world.folder / file);
            CHECK(bytes.find(in.secret) == std::string::npos);
            CHECK(bytes.find(password) == std::string::npos);
        }
    }
}
