#include "staff/commands.hpp"

#include "staff/desk.hpp"
#include "staff/facts.hpp"
#include "staff/told.hpp"
#include "text/trim.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace immunobot::staff {
namespace {

constexpr std::size_t longest_line = 8'000;   // characters
constexpr std::size_t few = 3;                // answers of one look-up
constexpr std::size_t most_snippets = 5;      // put together in one message
constexpr std::size_t many = 20;              // groups of questions in a list
constexpr std::size_t most_reasons = 5;

// One line at work.
struct Job {
    Desk& desk;
    Caller const& caller;
    Words say;
    std::string rest;    // what follows the name of the command
};

Told told(Job const& job, std::string text, bool done = true)
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

// The first word of `rest`, which is taken from it.
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

// What is for staff alone is not told where others read along.
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

// A question that visitors may ask as well, so that its answer can be shown to all.
std::string to_share(Job const& job, Found const& found)
{
    return found.kind == Found::Kind::staff ? std::string() : found.question.in(job.say.language());
}

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
    std::string share;
    for (std::size_t i = 0; i < std::min(parts.size(), most_snippets); ++i) {
        auto const found = look_up(job, parts[i], parts.size() > 1 ? 1 : few);
        if (!found)
            return sorry(job, found.error());
        for (auto const& one : *found) {
            if (share.empty() && text.empty())
                share = to_share(job, one);
            text += (text.empty() ? "" : "\n\n") + copy_ready(one, job.say);
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
    auto const& candidates = reply.explanation->candidates;
    for (std::size_t i = 0; i < std::min(candidates.size(), most_reasons); ++i)
        out.text += "\n- " + candidates[i].id + ": " + candidates[i].why;
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
        out.share = question;
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

// What a draft would do, and how it goes on from here.
Told rehearsed(Job const& job, std::string const& id)
{
    auto const draft = job.desk.answers.open(id);
    if (!draft)
        return sorry(job, draft.error());
    auto const regression = job.desk.answers.rehearse(draft->answer);
    if (!regression)
        return sorry(job, regression.error());
    auto text = job.say("Brouillon de ", "Draft of ") + id + job.say(" enregistré ; rien n'est encore publié.\n", " saved; nothing is published yet.\n");
    text += summary(*regression, job.say);
    text += "\n" + job.say("Pour publier : publish ", "To publish: publish ") + id;
    return told(job, std::move(text), regression->worse.empty());
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
    auto const found = look_up(job, question, few);
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

Told teach(Job& job)
{
    auto const all = job.rest;
    auto id = take_word(job.rest);
    auto const group = group_number(job.rest.empty() ? std::string_view(id) : std::string_view(job.rest));
    if (all.empty())
        return usage(job, "teach QUESTION, teach ID QUESTION, teach ID #NUMBER");
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
    auto const id = job.desk.answers.new_id(parts[0]);
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
    auto const done = job.desk.answers.publish(job.caller.person, id, draft->version, job.rest, false);
    if (!done)
        return sorry(job, done.error());
    if (done->revision != 0)
        job.desk.search.refresh();
    auto const outcome = done->revision == 0 ? job.say("Pas publié : des questions perdraient leur réponse.", "Not published: questions would lose their answers.")
                                             : job.say("Publié, révision ", "Published as revision ") + std::to_string(done->revision);
    return told(job, summary(done->regression, job.say) + "\n" + outcome, done->revision != 0);
}

Told show_fact(Job const& job)
{
    auto const one = job.desk.search.one(job.rest);
    if (!one)
        return sorry(job, one.error());
    bool const hidden = *one && (*one)->kind == Found::Kind::staff && !job.caller.in_private;
    if (*one && !hidden)
        return told(job, (*one)->id + "\n" + copy_ready(**one, job.say));
    auto const found = look_up(job, job.rest, 2 * few);
    if (!found)
        return sorry(job, found.error());
    std::string text;
    for (auto const& each : *found)
        if (each.kind == Found::Kind::fact)
            text += (text.empty() ? "" : "\n\n") + each.id + "\n" + copy_ready(each, job.say);
    return text.empty() ? told(job, job.say("Rien trouvé.", "Nothing was found."), false) : told(job, std::move(text));
}

// "... ! 12ab34" at the end confirms.
std::string take_code(std::string& line)
{
    auto const mark = line.rfind(" !");
    if (mark == std::string::npos)
        return {};
    std::string code(text::trimmed(std::string_view(line).substr(mark + 2)));
    line.resize(mark);
    return code;
}

std::string change_text(FactProposal const& proposal, Words const& say)
{
    std::string text = proposal.before.id + (proposal.scheduled ? say(", à partir du ", ", from ") + proposal.after.valid_from : "");
    for (auto const language : {Language::fr, Language::en})
        text += "\n- " + proposal.before.text.in(language) + "\n+ " + proposal.after.text.in(language);
    return text + "\n" + proposal.after.source + ", " + proposal.after.valid_from;
}

Told set_fact(Job& job)
{
    if (!may(job.caller.person.role, Role::editor))
        return told(job, job.say("Il faut le rôle éditeur.", "It takes the role of an editor."), false);
    auto line = job.rest;
    auto const code = take_code(line);
    auto const wish = parse_fact_wish(line);
    if (!wish)
        return sorry(job, wish.error());
    Facts facts(job.desk.store, job.desk.answers);
    auto const proposal = facts.propose(*wish, today_utc());
    if (!proposal)
        return sorry(job, proposal.error());
    auto const text = change_text(*proposal, job.say) + "\n" + summary(proposal->regression, job.say) + "\n";
    if (!proposal->regression.worse.empty())
        return told(job, text + job.say("Rien n'est changé : des questions perdraient leur réponse.", "Nothing is changed: questions would lose their answers."), false);
    if (code != proposal->code)
        return told(job, text + (code.empty() ? "" : job.say("Ce code est celui d'un autre changement. ", "This is the code of another change. ")) +
                             job.say("Pour confirmer :", "To confirm:") + "\nfact set " + line + " ! " + proposal->code, code.empty());
    auto const revision = facts.carry_out(job.caller.person, *proposal);
    if (!revision)
        return sorry(job, revision.error());
    job.desk.search.refresh();
    return told(job, text + job.say("Fait, révision ", "Done, revision ") + std::to_string(*revision));
}

Told fact(Job& job)
{
    auto rest = job.rest;
    if (take_word(rest) == "set") {
        job.rest = rest;
        return job.caller.in_private ? set_fact(job) : told(job, job.say("En privé, s'il vous plaît.", "In private, please."), false);
    }
    return job.rest.empty() ? usage(job, "fact ID, fact MOTS, fact set ENTITE.CHAMP = VALEUR; SOURCE; DATE") : show_fact(job);
}

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
    {{"teach", Role::answerer, false, "teach ID QUESTION"}, teach},
    {{"add", Role::answerer, false, "add QUESTION_FR; QUESTION_EN; ANSWER_FR; ANSWER_EN"}, add},
    {{"publish", Role::editor, false, "publish ID [REASON]"}, publish},
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
