#include "staff/told.hpp"

#include "base/date.hpp"
#include "base/local_time.hpp"
#include "staff/variables.hpp"
#include "text/marked.hpp"
#include "text/spoken.hpp"

namespace immunobot::staff {
namespace {

std::string told_ids(assistant::Rehearsal::Outcome const& outcome)
{
    if (outcome.facts.empty())
        return std::string(assistant::name(outcome.status));
    std::string out;
    for (auto const& id : outcome.facts)
        out += (out.empty() ? "" : ", ") + id;
    return out;
}

std::string line_of(Turned const& turned)
{
    return "\n- " + turned.asked.text + "\n    " + told_ids(turned.before) + " -> " + told_ids(turned.after);
}

void list(std::string& text, std::string const& title, std::vector<Turned> const& all)
{
    if (all.empty())
        return;
    text += "\n" + title;
    for (auto const& one : all)
        text += line_of(one);
}

}  // namespace

std::string source_line(std::string_view title, std::string_view url, std::string_view day, Words const& say)
{
    if (title.empty())
        return {};
    std::string out = say("Source : ", "Source: ").append(title);
    if (!url.empty())
        out.append(", ").append(url);
    return day.empty() ? out : out.append(" (").append(day).append(")");
}

std::string copy_ready(Found const& found, std::string const& name, Words const& say)
{
    Variables const variables{to_string(today_here()), name, found.source.url};
    auto const text = [&](Language language) {
        return found.kind == Found::Kind::staff ? text::without_marks(filled(found.written.in(language), variables)) : found.answer.in(language);
    };
    std::string out = text(say.language());
    if (say.both())
        out += "\n" + text(other(say.language()));
    if (auto const source = source_line(found.source.title, found.source.url, found.source.seen, say); !source.empty())
        out += "\n" + source;
    if (is_over(found.valid_to, today_here()))
        out += "\n" + say("N'est plus valable ; date de fin : ", "Valid until ") + text::spoken_date(found.valid_to, say.language());
    if (found.kind == Found::Kind::staff)
        out += "\n" + say("(pour l'équipe seule)", "(for staff alone)");
    return out;
}

std::string summary(Regression const& regression, Words const& say)
{
    std::string text = std::to_string(regression.asked) + say(" questions enregistrées essayées : ", " stored questions asked: ") +
                       std::to_string(regression.newly_wrong - regression.moved.size()) + say(" perdues, ", " worse, ") + std::to_string(regression.newly_right) +
                       say(" gagnées, ", " better, ") + std::to_string(regression.moved.size()) + say(" déplacées, ", " moved by learning anew, ") +
                       std::to_string(regression.unchanged) + say(" inchangées", " unchanged");
    list(text, say("Perdraient leur réponse :", "Would lose their answers:"), regression.worse);
    if (!regression.gained.empty()) {
        text += "\n" + say("Auraient désormais une réponse :", "Would now be answered:");
        for (auto const& question : regression.gained)
            text += "\n- " + question;
    }
    if (!regression.named.empty()) {
        text += "\n" + std::to_string(regression.named_right) + say(" sur ", " of ") + std::to_string(regression.named.size()) +
                say(" questions posées avec le nouveau nom reçoivent la bonne réponse", " questions asked with the new name get the right answer");
        for (auto const& one : regression.named)
            text += line_of(one);
    }
    list(text, say("Questions de cette réponse qui ne l'obtiendraient pas :", "Questions of this answer that would not get it:"), regression.missed);
    text += "\n" + std::to_string(regression.past_asked) + say(" questions récentes de visiteurs : ", " recent questions of visitors: ") +
            std::to_string(regression.past.size()) + say(" auraient une autre réponse", " would be answered otherwise");
    for (auto const& one : regression.past)
        text += line_of(one);
    return text;
}

}  // namespace immunobot::staff
