#include "staff/command_job.hpp"

#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::staff {

Told told(Job const& job, std::string text, bool done)
{
    return {std::move(text), done, {}, job.say.language()};
}

Told sorry(Job const& job, Error const& error)
{
    return told(job, error.message + (error.hint.empty() ? "" : "\n" + error.hint), false);
}

Told usage(Job const& job, std::string_view how)
{
    return told(job, job.say("Ainsi : ", "Like this: ") + std::string(how), false);
}

std::string take_word(std::string& rest)
{
    auto const end = std::min(rest.find_first_of(" \t\n"), rest.size());
    std::string word = rest.substr(0, end);
    rest = text::trimmed(std::string_view(rest).substr(end));
    return word;
}

std::vector<std::string> split(std::string_view text, std::string_view mark)
{
    std::vector<std::string> parts;
    while (true) {
        auto const end = text.find(mark);
        parts.emplace_back(text::trimmed(text.substr(0, end)));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + mark.size());
    }
}

std::string saved_as_draft(Job const& job, std::string const& id)
{
    return job.say("Brouillon de ", "Draft of ") + id + job.say(" enregistré ; rien n'est encore publié.\n", " saved; nothing is published yet.\n");
}

std::string how_to_publish(Job const& job, std::string const& id)
{
    return "\n" + job.say("Pour publier : publish ", "To publish: publish ") + id;
}

Result<std::vector<Found>> look_up(Job const& job, std::string_view words, std::size_t most)
{
    auto found = job.desk.search.find(words, job.caller.in_private ? most : 2 * most);
    if (!found)
        return found;
    if (!job.caller.in_private)
        std::erase_if(*found, [](Found const& one) { return one.kind == Found::Kind::staff; });
    found->resize(std::min(found->size(), most));
    return found;
}

}  // namespace immunobot::staff
