#include "staff/command_job.hpp"

#include "base/local_time.hpp"
#include "staff/facts.hpp"
#include "text/trim.hpp"

namespace immunobot::staff {
namespace {

Told show_fact(Job const& job)
{
    auto const one = job.desk.search.one(job.rest);
    if (!one)
        return sorry(job, one.error());
    bool const hidden = *one && (*one)->kind == Found::Kind::staff && !job.caller.in_private;
    if (*one && !hidden)
        return told(job, (*one)->id + "\n" + copy_ready(**one, job.caller.person.name, job.say));
    auto const found = look_up(job, job.rest, 2 * few_found);
    if (!found)
        return sorry(job, found.error());
    std::string text;
    for (auto const& each : *found)
        if (each.kind == Found::Kind::fact)
            text += (text.empty() ? "" : "\n\n") + each.id + "\n" + copy_ready(each, job.caller.person.name, job.say);
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
    Facts facts(job.desk.store, job.desk.answers, job.desk.bot);
    auto const proposal = facts.propose(*wish, today_here());
    if (!proposal)
        return sorry(job, proposal.error());
    auto const text = change_text(*proposal, job.say) + "\n" + summary(proposal->regression, job.say) + "\n";
    if (!proposal->regression.worse.empty())
        return told(job, text + job.say("Rien n'est changé : des questions perdraient leur réponse.", "Nothing is changed: questions would lose their answers."), false);
    if (code != proposal->code)
        return told(job, text + (code.empty() ? "" : job.say("Ce code est celui d'un autre changement. ", "This is the code of another change. ")) +
                             job.say("Pour confirmer :", "To confirm:") + "\nfact set " + line + " ! " + proposal->code, code.empty());
    auto const revision = facts.carry_out(job.caller.person, *proposal);
    if (!revision && revision.error().code == Errc::not_allowed)
        return told(job, job.say("Rien n'est changé : une autre personne doit relire. Modifiez la ligne au bureau, elle deviendra un brouillon.", "Nothing is changed: somebody else has to look at it. Edit the row at the desk; it becomes a draft."), false);
    if (!revision)
        return sorry(job, revision.error());
    return told(job, text + job.say("Fait, révision ", "Done, revision ") + std::to_string(*revision));
}

}  // namespace

Told fact(Job& job)
{
    auto rest = job.rest;
    if (take_word(rest) == "set") {
        job.rest = rest;
        return job.caller.in_private ? set_fact(job) : told(job, job.say("En privé, s'il vous plaît.", "In private, please."), false);
    }
    return job.rest.empty() ? usage(job, "fact ID, fact MOTS, fact set ENTITE.CHAMP = VALEUR; SOURCE; DATE") : show_fact(job);
}

}  // namespace immunobot::staff
