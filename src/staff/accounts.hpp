// Who is who: accounts, signing in, sessions, links, tokens. Any thread; but signing in and setting a password take a
// twentieth of a second of a processor, so not one that answers visitors.
#pragma once

#include "staff/password.hpp"
#include "staff/role.hpp"
#include "staff/store.hpp"
#include "staff/throttle.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

struct AccountRules {
    std::chrono::seconds idle{30 * 60};
    std::chrono::seconds absolute{12 * 3600};
    std::chrono::seconds link_lasts{72 * 3600};
    std::function<std::int64_t()> clock = {};   // seconds since 1970, for tests; empty: the system's
};

struct SignedIn {
    std::string secret;        // for the cookie
    Person person;
};

// A request with a session.
struct Visit {
    Person person;
    std::string form_token;
    std::string digest;        // of the session
};

enum class SignInFault { wrong, too_often };

class Accounts {
public:
    Accounts(Store& store, AccountRules rules) : store_(store), rules_(std::move(rules)) {}

    // The reason why not is the same for a wrong address and a wrong password, and takes as long.
    Result<boost::system::result<SignedIn, SignInFault>> sign_in(std::string_view email, std::string_view password, std::string const& origin, std::string_view device = {});
    Result<> sign_out(Visit const& visit);

    // Where the account is signed in, this session among them, used last first.
    Result<std::vector<knowledge::Session>> sessions(Visit const& visit);
    // What a session of one's own is called by in an address: never its secret, nor what it is found by.
    static std::string session_name(knowledge::Session const& session);
    // Errc::not_found when it is none of one's own.
    Result<> end_session(Visit const& visit, std::string_view name);
    Result<> end_others(Visit const& visit);

    // Nothing when there is no such session, or it is over.
    Result<std::optional<Visit>> visit(std::string_view secret, std::string const& origin);

    // By a proxy that is trusted: whoever it says, if there is an account of that address.
    Result<std::optional<SignedIn>> vouched(std::string_view email, std::string const& origin, std::string_view device = {});

    // By a token of a program.
    Result<std::optional<Person>> bearer(std::string_view token, std::string const& origin);
    // Gives the token's secret, which is not kept.
    Result<std::string> make_token(Person const& by, std::string_view name, Role role, int days);
    Result<> end_token(Person const& by, std::int64_t id);

    // An account that is made, or is to get a new password. Gives the secret of a link. Errc::conflict for one that is disabled, or is known
    // with another role that it keeps, and where no administrator would be left; Errc::bad_request for a name of several lines.
    enum class Known { keeps_its_role, gets_the_role };
    Result<std::string> invite(Person const& by, std::string_view email, std::string_view name, Role role, Known known = Known::keeps_its_role);
    // Whose link it is; nothing when it was used, or is too old.
    Result<std::optional<knowledge::Account>> invited(std::string_view secret);
    Result<> set_password(std::string_view secret, std::string_view password, std::string const& origin);
    // The last administrator stays one.
    Result<> change(Person const& by, std::string_view email, Role role, bool disabled);

    Result<std::optional<Person>> find(std::string_view email, std::string const& origin);

private:
    std::int64_t now() const;
    Result<SignedIn> begin_session(knowledge::Account const& account, std::string const& origin, std::string_view how, std::string_view device);
    bool holds(knowledge::Session const& session, std::int64_t now) const;

    Store& store_;
    AccountRules rules_;
    Throttle by_account_{5, std::chrono::seconds(300)};
    Throttle by_address_{20, std::chrono::seconds(300)};
};

// "Ada@Example.org " -> "ada@example.org"; nothing for what is no address.
std::optional<std::string> email_of(std::string_view typed);

}  // namespace immunobot::staff
