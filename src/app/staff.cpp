// What the staff do at the terminal: the same as in the console, with the same rights and the same audit log.

#include "app/commands.hpp"
#include "app/digest.hpp"
#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/schema.hpp"
#include "staff/commands.hpp"
#include "staff/desk.hpp"
#include "staff/replay.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <optional>
#include <span>

namespace immunobot::app {
namespace {

using staff::Role;

struct Task {
    Settings const& settings;
    staff::Desk& desk;
    staff::Person person;
    std::vector<std::string> words;   // behind the name of the command
};

std::string joined(std::span<std::string const> words)
{
    std::string out;
    for (auto const& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

int usage(std::string const& what)
{
    std::cerr << "immunobot staff: " << what << '\n';
    return 2;
}

int invite(Task const& task)
{
    if (task.words.empty() || task.settings.role.empty())
        return usage("invite EMAIL [NAME] --role viewer|answerer|editor|admin");
    auto const name = joined(std::span(task.words).subspan(1));
    auto const secret = task.desk.accounts.invite(task.person, task.words[0], name, *staff::role_from(task.settings.role), staff::Accounts::Known::gets_the_role);
    if (!secret)
        return explain(secret.error());
    std::cout << "Give this link to " << task.words[0] << ". It works once, for three days:\n" << task.settings.address << "/console/welcome/" << *secret << '\n';
    return 0;
}

int list(Task const& task)
{
    auto const all = task.desk.store.with([](auto& store) { return store.accounts(); });
    if (!all)
        return explain(all.error());
    if (all->empty())
        std::cout << "no accounts yet; the first administrator: immunobot staff invite ADDRESS --role admin\n";
    for (auto const& one : *all)
        std::cout << one.email << '\t' << one.role << '\t' << (one.disabled ? "disabled" : one.password.empty() ? "no password yet" : "active") << '\t' << one.name << '\n';
    return 0;
}

int change(Task const& task, bool disabled)
{
    if (task.words.size() != 1)
        return usage("disable EMAIL, enable EMAIL, or role EMAIL --role ROLE");
    auto const account = task.desk.store.with([&](auto& store) { return store.account(task.words[0]); });
    if (!account)
        return explain(account.error());
    if (!*account)
        return explain({Errc::not_found, "there is no account " + task.words[0], "immunobot staff list"});
    auto const role = staff::role_from(task.settings.role.empty() ? (*account)->role : task.settings.role);
    auto const done = task.desk.accounts.change(task.person, task.words[0], *role, disabled);
    return done ? 0 : explain(done.error());
}

int disable(Task const& task)
{
    return change(task, true);
}

int enable(Task const& task)
{
    return change(task, false);
}

// No account: the terminal's right, as of all that reads the log.
int replay(Task const& task)
{
    if (task.words.size() != 1)
        return usage("replay ANSWER, the id of a reply");
    auto const again = staff::replay(task.desk.replay_from, task.words[0]);
    if (!again)
        return explain(again.error());
    std::cout << to_string(again->day) << ", revision " << again->revision << ": " << again->question << "\n\n" << again->reply.answer << "\n\n";
    for (auto const& fact : again->reply.facts)
        std::cout << "  " << fact << '\n';
    std::cout << (again->same_bytes ? "the very same answer\n" : "another answer than then\n");
    if (!again->same_files)
        std::cout << "the intents or word lists are not those of then: give their folders of then with --intents and --data\n";
    return again->same_bytes ? 0 : 1;
}

// To the terminal, so that whoever keeps it says who may read it.
int export_answers(Task const& task)
{
    if (!task.words.empty())
        return usage("export-answers --as EMAIL > FILE: the answers for staff alone, which no other export holds");
    auto const bytes = task.desk.staff_sheet.write(task.person);
    if (!bytes)
        return explain(bytes.error());
    std::cout << *bytes;
    return 0;
}

// Behind it the reason, where nobody else has to see it though four eyes should.
int import_answers(Task const& task)
{
    std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
    auto const look = task.desk.staff_sheet.look(bytes);
    if (!look)
        return explain(look.error());
    for (auto const& fault : look->effect.faults)
        std::cerr << "line " << fault.what.line << ", " << fault.column << ": " << fault.value << " (" << fault.what.code << ") " << fault.what.message << '\n';
    if (!look->effect.faults.empty())
        return 1;
    if (look->effect.changes.empty()) {
        std::cout << "all of it is there already\n";
        return 0;
    }
    auto const revision = task.desk.staff_sheet.put(task.person, std::move(bytes), look->base, joined(task.words));
    if (!revision)
        return explain(revision.error());
    std::cout << look->effect.changes.size() << " answers, revision " << *revision << "; to take it back: undo " << *revision << '\n';
    return 0;
}

int digest(Task const& task)
{
    if (task.settings.digest_file.empty() && task.settings.digest_webhook.empty())
        return usage("digest --to FILE, or --webhook URL");
    std::atomic<bool> const never{false};
    auto const done = send_digest(task.settings, task.desk, never);
    return done ? 0 : explain(done.error());
}

int token(Task const& task)
{
    if (task.words.empty() || task.settings.role.empty())
        return usage("token NAME --role ROLE [--days N] --as EMAIL");
    auto const secret = task.desk.accounts.make_token(task.person, joined(task.words), *staff::role_from(task.settings.role), task.settings.days);
    if (!secret)
        return explain(secret.error());
    std::cout << *secret << '\n';
    return 0;
}

std::string day_of(std::int64_t seconds)
{
    if (seconds == 0)
        return "never";
    return to_string(local_time(seconds).day);
}

int tokens(Task const& task)
{
    auto const all = task.desk.store.with([](auto& store) { return store.tokens(); });
    auto const accounts = task.desk.store.with([](auto& store) { return store.accounts(); });
    if (!all || !accounts)
        return explain(!all ? all.error() : accounts.error());
    for (auto const& one : *all) {
        auto const owner = std::ranges::find(*accounts, one.account, &knowledge::Account::id);
        std::cout << one.id << '\t' << one.name << '\t' << one.role << '\t' << (owner == accounts->end() ? "" : owner->email) << "\tuntil " << day_of(one.expires_at)
                  << "\tlast used " << day_of(one.used_at) << '\n';
    }
    return 0;
}

int end_token(Task const& task)
{
    std::int64_t id = 0;
    auto const* const end = task.words.empty() ? nullptr : task.words[0].data() + task.words[0].size();
    if (task.words.size() != 1 || std::from_chars(task.words[0].data(), end, id).ptr != end)
        return usage("end-token ID, as `immunobot staff tokens` lists them");
    auto const done = task.desk.accounts.end_token(task.person, id);
    return done ? 0 : explain(done.error());
}

int verify_audit(Task const& task)
{
    auto const broken = task.desk.store.with([](auto& store) { return store.first_broken_audit_row(); });
    if (!broken)
        return explain(broken.error());
    auto const end = task.desk.store.with([](auto& store) { return store.audit_end(); });
    if (!end)
        return explain(end.error());
    // What is cut off at the end breaks no chain: for that there is a digest that was noted elsewhere.
    auto const& expected = task.settings.expected_digest;
    auto const there = expected.empty() ? Result<bool>(true) : task.desk.store.with([&](auto& store) { return store.has_audit_digest(expected); });
    if (!there)
        return explain(there.error());
    if (*broken)
        std::cout << "the audit log is broken at entry " << **broken << '\n';
    else if (*there)
        std::cout << "the audit log is whole\n";
    std::cout << "entries: " << end->count << "\nlast digest: " << (end->digest.empty() ? "none" : end->digest) << '\n';
    if (!*there)
        std::cout << "no entry has the digest " << expected << ": the log was cut or changed\n";
    return *broken || !*there ? 1 : 0;
}

int audit(Task const& task)
{
    if (task.settings.verify)
        return verify_audit(task);
    knowledge::AuditFilter filter;
    filter.words = joined(task.words);
    auto const rows = task.desk.store.with([&](auto& store) { return store.audit(filter); });
    if (!rows)
        return explain(rows.error());
    for (auto const& row : *rows)
        std::cout << row.id << '\t' << row.made_at << '\t' << row.act.who << '\t' << row.act.origin << '\t' << row.act.action << '\t' << row.act.target << '\n';
    return 0;
}

// What has parts takes them as arguments as well as with ';' between.
std::string line_of(std::string_view name, std::vector<std::string> const& words)
{
    std::string_view const between = name == "add" && words.size() > 1 ? "; " : " ";
    std::string line(name);
    for (auto const& word : words)
        line.append(line.size() == name.size() ? " " : between).append(word);
    return line;
}

// The commands that chats have as well.
int say(Task const& task, std::string_view name)
{
    auto const told = staff::Commands(task.desk).run({task.person, task.settings.language, true}, line_of(name, task.words));
    std::cout << told.text << '\n';
    return told.done ? 0 : 1;
}

// Without a role: whoever may run the program on the database, which is the right of the machine's administrator.
struct StaffCommand {
    std::string_view name;
    int (*run)(Task const&);
    std::optional<Role> role;
};

constexpr StaffCommand commands[] = {
    {"invite", invite, {}}, {"list", list, {}},   {"disable", disable, {}},
    {"enable", enable, {}}, {"role", enable, {}}, {"audit", audit, {}}, {"replay", replay, {}}, {"digest", digest, {}},
    {"export-answers", export_answers, Role::admin}, {"import-answers", import_answers, Role::admin},
    {"token", token, Role::viewer}, {"tokens", tokens, {}}, {"end-token", end_token, {}},
};

Result<staff::Person> person_of(Settings const& settings, staff::Desk& desk, std::optional<Role> needed)
{
    if (!needed)
        return staff::Person{0, "command line", "command line", Role::admin, "terminal"};
    auto const found = desk.accounts.find(settings.person, "terminal");
    if (!found)
        return found.error();
    if (!*found)
        return Error{Errc::bad_option, "say who you are", "--as EMAIL, or IMMUNOBOT_STAFF, of an account that is there: immunobot staff list"};
    if (!staff::may((*found)->role, *needed))
        return Error{Errc::bad_option, (*found)->email + " may not do this", "it takes the role " + std::string(staff::name(*needed))};
    return **found;
}

// Looking up takes no account at the terminal; what is written is written by somebody.
std::optional<Role> role_for(std::string_view name)
{
    auto const known = std::ranges::find(staff::command_names(), name, &staff::CommandName::name);
    return known->role == Role::viewer || name == "unanswered" ? std::nullopt : std::optional(known->role);
}

int unknown_command(std::string const& name)
{
    std::string known;
    for (auto const& one : commands)
        known.append(known.empty() ? "" : ", ").append(one.name);
    for (auto const& one : staff::command_names())
        known.append(", ").append(one.name);
    return usage("there is no command " + name + "; there are " + known);
}

}  // namespace

int staff_command(Settings const& settings)
{
    auto const& name = settings.arguments.at(0);
    auto const command = std::ranges::find(commands, name, &StaffCommand::name);
    bool const shared = command == std::end(commands);
    if (shared && !staff::is_command(name))
        return unknown_command(name);
    auto const bot = open_assistant(settings);
    if (!bot)
        return explain(bot.error());
    auto const desk = staff::Desk::open({settings.database, settings.intents, {}, settings.data}, **bot);
    if (!desk)
        return explain(desk.error());
    auto person = person_of(settings, **desk, shared ? role_for(name) : command->role);
    if (!person)
        return explain(person.error());
    Task const task{settings, **desk, std::move(*person), {settings.arguments.begin() + 1, settings.arguments.end()}};
    return shared ? say(task, name) : command->run(task);
}

}  // namespace immunobot::app
