#include "staff/command_job.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace immunobot::staff {
namespace {

// What a draft would do, and how it goes on from here.
Told rehearsed(Job const& job, std::string const& id)
{
    auto const draft = job.desk.answers.open(id);
    if (!draft)
        return sorry(job, draft.error());
    auto const regression = job.desk.answers.rehearse(draft->answer);
    if (!regression)
        return sorry(job, regression.error());
    return told(job, saved_as_draft(job, id) + summary(*regression, job.say) + how_to_publish(job, id), regression->worse.empty());
}

std::optional<std::int64_t> group_number(std::string_view word)
{
    std::int64_t number = 0;
    if (!word.starts_with('#') || word.size() < 2 || word.size() > 12)
        return std::nullopt;
    auto const parsed = std::from_chars(word.data() + 1, word.data() + word.size(), number);
    return parsed.ptr == word.data() + word.size() && parsed.ec == std::errc() ? std::optional(number) : std::nullopt;
}

// Which answer may be meant, to be chosen by its id; or how to write a new one.
Told offer_answers(Job const& job, std::string const& question)
{
    auto const found = look_up(job, question, few_found);
    if (!found)
        return sorry(job, found.error());
    std::string text = job.say("Laquelle de ces réponses est la bonne ?", "Which of these answers is the right one?");
    for (auto const& one : *found)
        text += "\nteach " + one.id + " " + question + "\n    " + std::string(text::prefix(one.answer.in(job.say.language()), 100));
    return told(job, text + "\n" + job.say("Aucune : add QUESTION_FR; QUESTION_EN; REPONSE_FR; REPONSE_EN", "None of them: add QUESTION_FR; QUESTION_EN; ANSWER_FR; ANSWER_EN"));
}

// A question goes with those of its language; a group's are each put where they belong.
struct Lesson {
    std::vector<std::string> en;
    std::vector<std::string> fr;
};

Result<Lesson> lesson_of(Job const& job, std::string const& what, std::optional<std::int64_t> group)
{
    Lesson out;
    if (!group) {
        bool const french = job.desk.search.ask(what, job.caller.language).language == Language::fr;
        (french ? out.fr : out.en).push_back(what);
        return out;
    }
    auto const view = job.desk.queue.view(*group);
    if (!view)
        return view.error();
    for (auto const& question : view->questions)
        (question.language == "fr" ? out.fr : out.en).push_back(question.text);
    return out;
}

std::string published_as(Job const& job, std::int64_t revision)
{
    auto const number = std::to_string(revision);
    return job.say("Publié, révision ", "Published as revision ") + number + job.say(". Pour l'annuler : undo ", ". To take it back: undo ") + number;
}

}  // namespace

Told teach(Job& job)
{
    auto const all = job.rest;
    auto id = take_word(job.rest);
    auto const group = group_number(job.rest.empty() ? std::string_view(id) : std::string_view(job.rest));
    if (all.empty())
        return usage(job, "teach QUESTION, teach ID QUESTION, teach ID #NUMBER, teach alias NAME = NAME");
    if (id == "alias")
        return teach_alias(job);
    auto const known = job.desk.answers.open(id);
    if (!known && known.error().code != Errc::not_found)
        return sorry(job, known.error());
    if (!known || job.rest.empty()) {
        if (!group || !job.rest.empty())
            return offer_answers(job, all);
        auto const view = job.desk.queue.view(*group);
        return view ? offer_answers(job, view->group.question) : sorry(job, view.error());
    }
    auto const lesson = lesson_of(job, job.rest, group);
    if (!lesson)
        return sorry(job, lesson.error());
    auto const saved = job.desk.answers.add_questions(job.caller.person, id, lesson->en, lesson->fr);
    if (!saved)
        return sorry(job, saved.error());
    return rehearsed(job, id);
}

Told add(Job& job)
{
    auto const parts = split(job.rest, ";");
    if (parts.size() != 4 || std::ranges::any_of(parts, [](auto const& part) { return part.empty(); }))
        return usage(job, "add QUESTION_FR; QUESTION_EN; REPONSE_FR; REPONSE_EN");
    auto const id = job.desk.answers.new_id();
    if (!id)
        return sorry(job, id.error());
    knowledge::Draft draft;
    draft.answer.entry = {*id, {parts[1]}, {parts[0]}, {parts[3], parts[2]}, {}, {}, {}, {}};
    if (auto const saved = job.desk.answers.save(job.caller.person, draft); !saved)
        return sorry(job, saved.error());
    return rehearsed(job, *id);
}

Told publish(Job& job)
{
    auto const id = take_word(job.rest);
    if (id.empty())
        return usage(job, job.say("publish ID [RAISON]", "publish ID [REASON]"));
    auto const draft = job.desk.answers.open(id);
    if (!draft)
        return sorry(job, draft.error());
    bool const is_row = !draft->answer.table.empty();
    auto const done = is_row ? job.desk.tables.publish(job.caller.person, id, draft->version, job.rest, false) : job.desk.answers.publish(job.caller.person, id, draft->version, job.rest, false);
    if (!done)
        return not_published(job, done.error());
    if (done->revision != 0 && !is_row)
        static_cast<void>(job.desk.queue.settle(job.caller.person, id));  // it is published, whatever becomes of the groups
    auto const outcome = done->revision == 0 ? job.say("Pas publié : des questions perdraient leur réponse.", "Not published: questions would lose their answers.")
                                             : published_as(job, done->revision);
    return told(job, summary(done->regression, job.say) + "\n" + outcome, done->revision != 0);
}

Told undo(Job& job)
{
    auto const number = take_word(job.rest);
    std::int64_t revision = 0;
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), revision);
    if (error != std::errc() || end != number.data() + number.size() || !job.rest.empty())
        return usage(job, job.say("undo REVISION", "undo REVISION"));
    auto const undone = job.desk.take_back(job.caller.person, revision);
    if (!undone)
        return sorry(job, undone.error());
    if (undone->revision == 0)
        return told(job, summary(undone->regression, job.say) + "\n" + job.say("Pas annulé : des questions perdraient leur réponse. La console le fait malgré tout, avec une raison.",
                                                                              "Not taken back: questions would lose their answers. The console does it even so, with a reason."), false);
    return told(job, job.say("La révision ", "Revision ") + number + job.say(" est annulée.\n", " is taken back.\n") + published_as(job, undone->revision));
}

}  // namespace immunobot::staff
