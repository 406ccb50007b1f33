// What the staff do at the terminal: the same as in the console, with the same rights and the same audit log.

#include "app/commands.hpp"
#include "knowledge/schema.hpp"
#include "staff/desk.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <span>

namespace immunobot::app {
namespace {

using staff::Role;

constexpr std::size_t few = 3;
constexpr std::size_t many = 20;

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
    auto const secret = task.desk.accounts.invite(task.person, task.words[0], name, *staff::role_from(task.settings.role));
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

int audit(Task const& task)
{
    if (task.settings.verify) {
        auto const broken = task.desk.store.with([](auto& store) { return store.first_broken_audit_row(); });
        if (!broken)
            return explain(broken.error());
        std::cout << (*broken == 0 ? "the audit log is whole\n" : "the audit log is broken at entry " + std::to_string(*broken) + '\n');
        return *broken == 0 ? 0 : 1;
    }
    knowledge::AuditFilter filter;
    filter.words = joined(task.words);
    auto const rows = task.desk.store.with([&](auto& store) { return store.audit(filter); });
    if (!rows)
        return explain(rows.error());
    for (auto const& row : *rows)
        std::cout << row.id << '\t' << row.made_at << '\t' << row.act.who << '\t' << row.act.origin << '\t' << row.act.action << '\t' << row.act.target << '\n';
    return 0;
}

void print(staff::Found const& found)
{
    std::cout << "== " << found.id << (found.kind == staff::Found::Kind::staff ? " (staff only)" : "") << '\n' << found.answer.fr << "\n\n" << found.answer.en << '\n';
    if (!found.source.title.empty())
        std::cout << found.source.title << ", " << found.source.url << " (" << found.source.seen << ")\n";
    std::cout << '\n';
}

int find(Task const& task)
{
    auto const found = task.desk.search.find(joined(task.words), few);
    if (!found)
        return explain(found.error());
    for (auto const& one : *found)
        print(one);
    return found->empty() ? 1 : 0;
}

int tell(Task const& task, std::string const& question, bool reasons)
{
    auto const reply = task.desk.search.ask(question, task.settings.language);
    std::cout << reply.answer << "\n[" << assistant::name(reply.status) << ", " << static_cast<int>(reply.confidence * 100 + 0.5) << " %]\n";
    if (reasons && reply.explanation)
        for (auto const& candidate : reply.explanation->candidates)
            std::cout << "  " << candidate.id << "  " << candidate.why << '\n';
    return 0;
}

int why(Task const& task)
{
    return tell(task, joined(task.words), true);
}

int who(Task const& task)
{
    bool const french = task.settings.language == Language::fr;
    return tell(task, (french ? "Qui dirige " : "Who leads ") + joined(task.words) + (french ? " ?" : "?"), false);
}

int unanswered(Task const& task)
{
    auto const groups = task.desk.queue.groups();
    if (!groups)
        return explain(groups.error());
    std::size_t shown = 0;
    for (auto const& group : *groups)
        if ((group.state == "new" || group.state == "taken") && shown++ < many)
            std::cout << group.id << '\t' << group.count << "x\t" << group.state << '\t' << group.question << '\n';
    return 0;
}

int print(staff::Regression const& regression)
{
    std::cout << regression.asked << " stored questions asked: " << regression.worse.size() << " worse, " << regression.better.size() << " better, " << regression.moved.size() << " moved by learning anew\n";
    for (auto const& turned : regression.worse)
        std::cout << "  worse: " << turned.asked.text << '\n';
    for (auto const& question : regression.gained)
        std::cout << "  now answered: " << question << '\n';
    return regression.worse.empty() ? 0 : 1;
}

int rehearse(Task const& task, std::string const& id)
{
    auto const draft = task.desk.answers.open(id);
    if (!draft)
        return explain(draft.error());
    auto const regression = task.desk.answers.rehearse(draft->answer);
    if (!regression)
        return explain(regression.error());
    std::cout << "draft " << id << " saved; publish it with: immunobot staff publish " << id << '\n';
    return print(*regression);
}

int teach(Task const& task)
{
    if (task.words.size() < 2)
        return usage("teach ID QUESTION");
    auto const question = joined(std::span(task.words).subspan(1));
    bool const french = task.settings.language == Language::fr;
    std::vector<std::string> const asked{question};
    std::vector<std::string> const none;
    auto const saved = task.desk.answers.add_questions(task.person, task.words[0], french ? none : asked, french ? asked : none);
    return saved ? rehearse(task, task.words[0]) : explain(saved.error());
}

int add(Task const& task)
{
    if (task.words.size() != 4)
        return usage("add QUESTION_FR QUESTION_EN ANSWER_FR ANSWER_EN");
    auto const id = task.desk.answers.new_id(task.words[0]);
    if (!id)
        return explain(id.error());
    knowledge::Draft draft;
    draft.answer.entry = {*id, {task.words[1]}, {task.words[0]}, {task.words[3], task.words[2]}, {}, {}, {}, {}};
    auto const saved = task.desk.answers.save(task.person, draft);
    return saved ? rehearse(task, *id) : explain(saved.error());
}

int publish_draft(Task const& task)
{
    if (task.words.empty())
        return usage("publish ID [WHY]");
    auto const draft = task.desk.answers.open(task.words[0]);
    if (!draft)
        return explain(draft.error());
    auto const done = task.desk.answers.publish(task.person, task.words[0], draft->version, joined(std::span(task.words).subspan(1)), false);
    if (!done)
        return explain(done.error());
    print(done->regression);
    std::cout << (done->revision == 0 ? "not published\n" : "published as revision " + std::to_string(done->revision) + '\n');
    return done->revision == 0 ? 1 : 0;
}

// Without a role: whoever may run the program on the database, which is the right of the machine's administrator.
struct StaffCommand {
    std::string_view name;
    int (*run)(Task const&);
    std::optional<Role> role;
};

constexpr StaffCommand commands[] = {
    {"invite", invite, {}},      {"list", list, {}},           {"disable", disable, {}},
    {"enable", enable, {}},      {"role", enable, {}},         {"audit", audit, {}},
    {"find", find, {}},          {"faq", find, {}},            {"why", why, {}},
    {"who", who, {}},            {"unanswered", unanswered, {}}, {"teach", teach, Role::answerer},
    {"add", add, Role::answerer}, {"publish", publish_draft, Role::editor},
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

}  // namespace

int staff_command(Settings const& settings)
{
    auto const command = std::ranges::find(commands, settings.arguments.at(0), &StaffCommand::name);
    if (command == std::end(commands)) {
        std::string known;
        for (auto const& one : commands)
            known.append(known.empty() ? "" : ", ").append(one.name);
        return usage("there is no command " + settings.arguments[0] + "; there are " + known);
    }
    auto const bot = open_assistant(settings);
    if (!bot)
        return explain(bot.error());
    auto const desk = staff::Desk::open({settings.database, settings.intents, {}}, **bot);
    if (!desk)
        return explain(desk.error());
    auto person = person_of(settings, **desk, command->role);
    if (!person)
        return explain(person.error());
    return command->run({settings, **desk, std::move(*person), {settings.arguments.begin() + 1, settings.arguments.end()}});
}

}  // namespace immunobot::app
