#include "staff/command_job.hpp"

#include "text/trim.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>

namespace immunobot::staff {
namespace {

constexpr std::size_t longest_line = 8'000;   // characters

struct Command {
    CommandName name;
    Told (*run)(Job&);
};

constexpr Command commands[] = {
    {{"faq", Role::viewer, true, "faq [fr|en] WORDS [+ WORDS]"}, faq},
    {{"find", Role::viewer, true, "find WORDS"}, faq},
    {{"who", Role::viewer, true, "who NAME"}, who},
    {{"why", Role::viewer, true, "why QUESTION"}, why},
    {{"fact", Role::viewer, true, "fact ID, fact WORDS, fact set ENTITY.FIELD = VALUE; SOURCE; DATE"}, fact},
    {{"unanswered", Role::answerer, false, "unanswered"}, unanswered},
    {{"teach", Role::answerer, false, "teach ID QUESTION, teach alias NAME = OTHER NAME"}, teach},
    {{"add", Role::answerer, false, "add QUESTION_FR; QUESTION_EN; ANSWER_FR; ANSWER_EN"}, add},
    {{"publish", Role::editor, false, "publish ID [REASON]"}, publish},
    {{"undo", Role::editor, false, "undo REVISION"}, undo},
};

constexpr auto names = [] {
    std::array<CommandName, std::size(commands)> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = commands[i].name;
    return all;
}();

Command const* find_command(std::string_view line)
{
    auto const word = line.substr(0, line.find_first_of(" \t\n"));
    auto const found = std::ranges::find(commands, word, [](Command const& one) { return one.name.name; });
    return found == std::end(commands) ? nullptr : found;
}

}  // namespace

std::span<CommandName const> command_names()
{
    return names;
}

bool is_command(std::string_view line)
{
    return find_command(text::trimmed(line)) != nullptr;
}

std::optional<std::string> command_in(std::string_view slash, std::string_view typed)
{
    auto const text = text::trimmed(typed);
    if (is_command(slash))
        return std::string(slash).append(" ").append(text);
    if (!slash.empty())
        return is_command(text) ? std::string(text) : "faq " + std::string(text);
    if (text.size() > 1 && (text[0] == '/' || text[0] == '!') && is_command(text.substr(1)))
        return std::string(text.substr(1));
    return std::nullopt;
}

Told Commands::run(Caller const& caller, std::string_view typed)
{
    Words const say(caller.language);
    auto const line = text::trimmed(typed);
    auto const* command = find_command(line);
    if (!command) {
        std::string all;
        for (auto const& one : names)
            all.append(all.empty() ? "" : "\n").append(one.usage);
        return {all, false, {}, say.language()};
    }
    if (text::length(line) > longest_line)
        return {say("C'est trop long.", "This is too long."), false, {}, say.language()};
    if (!may(caller.person.role, command->name.role))
        return {say("Il faut le rôle ", "It takes the role ") + std::string(name(command->name.role)), false, {}, say.language()};
    if (!caller.in_private && !command->name.in_public)
        return {say("En privé, s'il vous plaît.", "In private, please."), false, {}, say.language()};
    Job job{desk_, caller, say, std::string(text::trimmed(line.substr(command->name.name.size())))};
    return command->run(job);
}

std::optional<Told> Commands::run_for(std::string_view email, std::string const& origin, std::optional<Language> language, bool in_private, std::string_view line)
{
    auto person = desk_.accounts.find(email, origin);
    if (!person || !*person)
        return std::nullopt;
    // Where the platform says nothing of a language, the words decide, as they do for visitors.
    auto const words = text::trimmed(line);
    auto const rest = words.substr(std::min(words.find(' '), words.size()));
    return run({std::move(**person), language ? language : desk_.search.ask(rest, Language::fr).language, in_private}, line);
}

}  // namespace immunobot::staff
