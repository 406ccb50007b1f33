#include "staff/accounts.hpp"

#include "base/date.hpp"
#include "knowledge/unicode.hpp"
#include "staff/secret.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

constexpr std::size_t longest_email = 200;
constexpr std::size_t longest_name = 100;
constexpr std::size_t session_name_length = 20;
constexpr std::int64_t between_touches = 60;   // seconds; each is a write to the disk

bool is_plain(char c)
{
    return c > ' ' && c < 127 && std::string_view("\"(),:;<>[\\]").find(c) == std::string_view::npos;
}

Person person_of(knowledge::Account const& account, std::string const& origin)
{
    return {account.id, account.email, account.name, role_from(account.role).value_or(Role::viewer), origin};
}

Error refused(std::string why)
{
    return {Errc::bad_request, std::move(why)};
}

// Names stand in lists and in the audit log.
bool is_one_line(std::string_view name)
{
    return name.find_first_of("\t\r\n") == std::string_view::npos && knowledge::find_invisible(name) == std::string_view::npos;
}

// Whether nobody could give roles any more if `one` had this role.
bool leaves_no_administrator(std::vector<knowledge::Account> const& all, knowledge::Account const& one, Role role, bool disabled)
{
    if (one.role != name(Role::admin) || one.disabled || (role == Role::admin && !disabled))
        return false;
    // One who was invited and never came may never come.
    return std::ranges::none_of(all, [&](auto const& other) {
        return other.email != one.email && other.role == name(Role::admin) && !other.disabled && (!other.password.empty() || other.seen_at != 0);
    });
}

Error last_administrator()
{
    return {Errc::conflict, "this is the last administrator", "make somebody else an administrator first"};
}

}  // namespace

std::optional<std::string> email_of(std::string_view typed)
{
    auto const first = typed.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return std::nullopt;
    auto const last = typed.find_last_not_of(" \t");
    std::string out(typed.substr(first, last - first + 1));
    auto const at = out.find('@');
    bool const formed = at != std::string::npos && at > 0 && at + 1 < out.size() && out.find('@', at + 1) == std::string::npos;
    if (!formed || out.size() > longest_email || !std::ranges::all_of(out, is_plain))
        return std::nullopt;
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::int64_t Accounts::now() const
{
    if (rules_.clock)
        return rules_.clock();
    return seconds_now();
}

Result<SignedIn> Accounts::begin_session(knowledge::Account const& account, std::string const& origin, std::string_view how, std::string_view device)
{
    SignedIn in{new_secret(), person_of(account, origin)};
    auto const time = now();
    knowledge::Session const session{digest_of(in.secret), account.id, new_secret(), time, time, origin, std::string(text::prefix(device, longest_name))};
    knowledge::Act const act{account.email, origin, "account.sign-in", account.email, {}, std::string(how)};
    auto const begun = store_.with([&](auto& store) -> Result<> {
        if (auto ended = store.end_old_sessions(time - rules_.absolute.count(), time - rules_.idle.count()); !ended)
            return ended;
        return store.begin_session(session, act);
    });
    if (!begun)
        return begun.error();
    return in;
}

Result<boost::system::result<SignedIn, SignInFault>> Accounts::sign_in(std::string_view typed, std::string_view password, std::string const& origin, std::string_view device)
{
    using Outcome = boost::system::result<SignedIn, SignInFault>;
    auto const email = email_of(typed).value_or(std::string());
    auto const clock = Throttle::Clock::now();
    if (!by_address_.admits(origin, clock) || !by_account_.admits(email + '\n' + origin, clock) || !by_account_.admits(email, clock))
        return Outcome(SignInFault::too_often);
    auto const account = store_.with([&](auto& store) { return store.account(email); });
    if (!account)
        return account.error();
    bool const usable = *account && !(*account)->disabled;
    if (!fits(usable ? (*account)->password : std::string(), password))
        return Outcome(SignInFault::wrong);
    if (is_outdated((*account)->password))
        if (auto const hash = hash_password(password))
            static_cast<void>(store_.with([&](auto& store) { return store.set_password((*account)->id, *hash); }));
    by_account_.forget(email);
    by_account_.forget(email + '\n' + origin);
    auto in = begin_session(**account, origin, "password", device);
    if (!in)
        return in.error();
    return Outcome(std::move(*in));
}

Result<> Accounts::sign_out(Visit const& visit)
{
    return store_.with([&](auto& store) { return store.end_session(visit.digest); });
}

bool Accounts::holds(knowledge::Session const& session, std::int64_t time) const
{
    return session.made_at + rules_.absolute.count() > time && session.seen_at + rules_.idle.count() > time;
}

std::string Accounts::session_name(knowledge::Session const& session)
{
    return digest_of("session " + session.digest).substr(0, session_name_length);
}

Result<std::vector<knowledge::Session>> Accounts::sessions(Visit const& visit)
{
    auto all = store_.with([&](auto& store) { return store.sessions(visit.person.account); });
    if (all)
        std::erase_if(*all, [&, time = now()](auto const& session) { return !holds(session, time); });
    return all;
}

Result<> Accounts::end_session(Visit const& visit, std::string_view name)
{
    auto const all = sessions(visit);
    if (!all)
        return all.error();
    auto const found = std::ranges::find(*all, name, session_name);
    if (found == all->end())
        return Error{Errc::not_found, "there is no such session of this account"};
    auto const& by = visit.person;
    return store_.with([&](auto& store) { return store.end_session(found->digest, {by.email, by.origin, "account.end-session", by.email, found->device, {}}); });
}

Result<> Accounts::end_others(Visit const& visit)
{
    auto const& by = visit.person;
    return store_.with([&](auto& store) { return store.end_others(by.account, visit.digest, {by.email, by.origin, "account.end-others", by.email}); });
}

Result<std::optional<Visit>> Accounts::visit(std::string_view secret, std::string const& origin)
{
    if (secret.empty())
        return std::nullopt;
    auto const digest = digest_of(secret);
    auto const time = now();
    return store_.with([&](auto& store) -> Result<std::optional<Visit>> {
        auto const session = store.session(digest);
        if (!session)
            return session.error();
        if (!*session || !holds(**session, time))
            return std::nullopt;
        auto const account = store.account((*session)->account);
        if (!account)
            return account.error();
        if (!*account || (*account)->disabled)
            return std::nullopt;
        if ((*session)->seen_at + between_touches <= time)
            static_cast<void>(store.touch_session(digest, time));
        return Visit{person_of(**account, origin), (*session)->form_token, digest};
    });
}

Result<std::optional<SignedIn>> Accounts::vouched(std::string_view typed, std::string const& origin, std::string_view device)
{
    auto const email = email_of(typed);
    if (!email)
        return std::nullopt;
    auto const account = store_.with([&](auto& store) { return store.account(*email); });
    if (!account)
        return account.error();
    if (!*account || (*account)->disabled)
        return std::nullopt;
    auto in = begin_session(**account, origin, "proxy", device);
    if (!in)
        return in.error();
    return std::optional(std::move(*in));
}

Result<std::optional<Person>> Accounts::bearer(std::string_view token, std::string const& origin)
{
    auto const digest = digest_of(token);
    auto const time = now();
    return store_.with([&](auto& store) -> Result<std::optional<Person>> {
        auto const found = store.token(digest);
        if (!found)
            return found.error();
        if (!*found || (*found)->expires_at <= time)
            return std::nullopt;
        auto const account = store.account((*found)->account);
        if (!account)
            return account.error();
        if (!*account || (*account)->disabled)
            return std::nullopt;
        auto person = person_of(**account, origin + " token " + (*found)->name);
        person.role = std::min(person.role, role_from((*found)->role).value_or(Role::viewer));
        if ((*found)->used_at + between_touches <= time)
            static_cast<void>(store.touch_token((*found)->id, time));
        return person;
    });
}

Result<std::string> Accounts::make_token(Person const& by, std::string_view name, Role role, int days)
{
    if (name.empty() || text::length(name) > longest_name || !is_one_line(name) || days < 1 || days > 730 || !may(by.role, role))
        return refused("a token has a name, a role of at most your own, and 1 to 730 days");
    auto secret = new_secret();
    auto const time = now();
    knowledge::Token const token{0, by.account, std::string(name), digest_of(secret), std::string(staff::name(role)), time, time + days * seconds_a_day, 0};
    auto const made = store_.with([&](auto& store) { return store.add_token(token, {by.email, by.origin, "token.make", token.name, {}, token.role}); });
    if (!made)
        return made.error();
    return secret;
}

Result<> Accounts::end_token(Person const& by, std::int64_t id)
{
    return store_.with([&](auto& store) { return store.end_token(id, {by.email, by.origin, "token.end", std::to_string(id)}); });
}

Result<std::string> Accounts::invite(Person const& by, std::string_view typed, std::string_view name, Role role, Known known)
{
    auto const email = email_of(typed);
    if (!email)
        return refused("this is not an e-mail address");
    if (!is_one_line(name))
        return refused("the name has a line break or an invisible character");
    auto secret = new_secret();
    auto const time = now();
    std::string shown(text::prefix(name, longest_name));
    knowledge::Account const account{0, *email, shown.empty() ? *email : shown, std::string(staff::name(role)), {}, false, time, 0};
    auto const done = store_.with([&](auto& store) -> Result<> {
        auto const all = store.accounts();
        if (!all)
            return all.error();
        if (auto const found = std::ranges::find(*all, *email, &knowledge::Account::email); found != all->end()) {
            if (found->disabled)
                return Error{Errc::conflict, "this account is disabled", "enable it first"};
            if (known == Known::keeps_its_role && found->role != account.role)
                return Error{Errc::conflict, "there is an account of this address, with the role " + found->role, "a new link is made with that role; the role is changed in the table of accounts"};
            if (leaves_no_administrator(*all, *found, role, false))
                return last_administrator();
        }
        return store.invite(account, digest_of(secret), time + rules_.link_lasts.count(), {by.email, by.origin, "account.invite", *email, {}, account.role});
    });
    if (!done)
        return done.error();
    return secret;
}

Result<std::optional<knowledge::Account>> Accounts::invited(std::string_view secret)
{
    return store_.with([&](auto& store) { return store.link(digest_of(secret), now()); });
}

Result<> Accounts::set_password(std::string_view secret, std::string_view password, std::string const& origin)
{
    auto const account = invited(secret);
    if (!account)
        return account.error();
    if (!*account)
        return Error{Errc::not_found, "this link has been used or is too old", "ask an administrator for a new one"};
    auto const hash = hash_password(password);
    if (!hash)
        return hash.error();
    auto const& email = (*account)->email;
    return store_.with([&](auto& store) { return store.redeem(digest_of(secret), *hash, now(), {email, origin, "account.password", email}); });
}

Result<> Accounts::change(Person const& by, std::string_view email, Role role, bool disabled)
{
    return store_.with([&](auto& store) -> Result<> {
        auto const all = store.accounts();
        if (!all)
            return all.error();
        auto const found = std::ranges::find(*all, email, &knowledge::Account::email);
        if (found == all->end())
            return Error{Errc::not_found, "there is no account of this address"};
        if (leaves_no_administrator(*all, *found, role, disabled))
            return last_administrator();
        auto changed = *found;
        changed.role = name(role);
        changed.disabled = disabled;
        auto const shown = [](knowledge::Account const& one) { return one.role + (one.disabled ? ", disabled" : ""); };
        return store.change_account(changed, {by.email, by.origin, "account.change", changed.email, shown(*found), shown(changed)});
    });
}

Result<std::optional<Person>> Accounts::find(std::string_view typed, std::string const& origin)
{
    auto const email = email_of(typed).value_or(std::string());
    auto const account = store_.with([&](auto& store) { return store.account(email); });
    if (!account)
        return account.error();
    if (!*account || (*account)->disabled)
        return std::nullopt;
    return person_of(**account, origin);
}

}  // namespace immunobot::staff
