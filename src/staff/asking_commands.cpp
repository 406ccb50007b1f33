#include "staff/command_job.hpp"
#include "staff/reasons.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

constexpr std::size_t most_snippets = 5;      // put together in one message
constexpr std::size_t many = 20;              // groups of questions in a list
constexpr std::size_t most_reasons = 5;

// What visitors are told as well can be shown to all.
assistant::Shareable to_share(Job const& job, Found const& found)
{
    if (found.kind == Found::Kind::staff)
        return {};
    return {found.question.in(job.say.language()), found.answer.in(job.say.language()), found.source.url};
}

}  // namespace

Told faq(Job& job)
{
    auto copy = job.rest;
    if (auto const chosen = language_from_code(take_word(copy)); chosen && !copy.empty() && job.rest.find(' ') == 2) {
        job.rest = copy;
        job.say = Words(*chosen);
    }
    if (job.rest.empty())
        return usage(job, "faq [fr|en] MOTS [+ MOTS]");
    auto const parts = split(job.rest, " + ");
    std::string text;
    assistant::Shareable share;
    for (std::size_t i = 0; i < std::min(parts.size(), most_snippets); ++i) {
        auto const found = look_up(job, parts[i], parts.size() > 1 ? 1 : few_found);
        if (!found)
            return sorry(job, found.error());
        for (auto const& one : *found) {
            if (text.empty())
                share = to_share(job, one);
            text += (text.empty() ? "" : "\n\n") + copy_ready(one, job.caller.person.name, job.say);
        }
    }
    if (text.empty())
        return told(job, job.say("Rien trouvé.", "Nothing was found."), false);
    auto out = told(job, std::move(text));
    out.share = std::move(share);
    return out;
}

Told why(Job& job)
{
    if (job.rest.empty())
        return usage(job, "why QUESTION");
    auto const reply = job.desk.search.ask(job.rest, job.caller.language);
    auto out = told(job, reply.answer + "\n[" + std::string(assistant::name(reply.status)) + ", " + std::to_string(static_cast<int>(reply.confidence * 100 + 0.5)) + " %]");
    out.language = reply.language;
    if (!reply.explanation)
        return out;
    for (auto const& sentence : reply.explanation->plain)
        out.text += "\n" + sentence;
    Reasons const reasons(job.say.language(), [&](std::string_view id) { return job.desk.guesses.title(id).in(job.say.language()); });
    auto const& candidates = reply.explanation->candidates;
    for (std::size_t i = 0; i < std::min(candidates.size(), most_reasons); ++i)
        out.text += "\n- " + candidates[i].id + ": " + reasons.candidate(candidates[i].why);
    return out;
}

Told who(Job& job)
{
    if (job.rest.empty())
        return usage(job, job.say("who NOM", "who NAME"));
    bool const french = job.say.language() == Language::fr;
    auto const whole = (french ? "Qui dirige " : "Who leads ") + job.rest + (french ? " ?" : "?");
    // "who leads CIML" is a question of its own.
    for (auto const& question : {whole, "who " + job.rest, job.rest}) {
        auto const reply = job.desk.search.ask(question, job.say.language());
        if (reply.status != assistant::Status::answered)
            continue;
        auto out = told(job, reply.answer);
        for (auto const& source : reply.sources)
            out.text += "\n" + source_line(source.title, source.url, source.as_of, job.say);
        out.share = {question, reply.answer, reply.sources.empty() ? std::string() : reply.sources.front().url};
        return out;
    }
    return told(job, job.say("Rien trouvé.", "Nothing was found."), false);
}

Told unanswered(Job& job)
{
    auto const groups = job.desk.queue.groups();
    if (!groups)
        return sorry(job, groups.error());
    std::string text;
    std::size_t shown = 0;
    for (auto const& group : *groups)
        if ((group.state == "new" || group.state == "taken") && shown++ < many)
            text += (text.empty() ? "#" : "\n#") + std::to_string(group.id) + "  " + std::to_string(group.count) + "x  " + group.question +
                    (group.assigned.empty() ? "" : "  (" + group.assigned + ")");
    if (shown > many)
        text += job.say("\n... et ", "\n... and ") + std::to_string(shown - many) + job.say(" autres, dans la console", " more, in the console");
    return told(job, shown == 0 ? job.say("Aucune question sans réponse.", "No questions without an answer.") : text);
}

}  // namespace immunobot::staff
