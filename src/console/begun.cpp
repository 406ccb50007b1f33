// What was begun for a question that visitors asked: whoever opens it sees the draft before writing a second one.
#include "console/parts.hpp"

#include <algorithm>
#include <set>

namespace immunobot::console {
namespace {

constexpr std::string_view begun = "question.draft";
constexpr std::int64_t looked_at = 100;   // of the audit log

// Drafts that were begun from its page.
std::set<std::string> noted_for(Page const& page, std::int64_t group)
{
    std::set<std::string> out;
    auto const number = std::to_string(group);
    auto const rows = page.desk.store.with([&](auto& store) { return store.audit({{}, std::string(begun) + ' ' + number, looked_at, 0}); });
    if (!rows)
        return out;
    for (auto const& row : *rows)
        if (row.act.action == begun && row.act.target == number)
            out.insert(row.act.after);
    return out;
}

bool asks_so(knowledge::FaqEntry const& entry, std::vector<knowledge::GroupQuestion> const& questions)
{
    return std::ranges::any_of(questions, [&](auto const& question) {
        auto const& wordings = question.language == "fr" ? entry.questions_fr : entry.questions_en;
        return std::ranges::find(wordings, question.text) != wordings.end();
    });
}

}  // namespace

void note_begun(Page const& page, std::int64_t group, std::string const& draft)
{
    // Nothing but a help for others: the draft is saved, whatever becomes of the note.
    static_cast<void>(page.desk.store.with([&](auto& store) { return store.note({page.person().email, page.person().origin, std::string(begun), std::to_string(group), {}, draft}); }));
}

void put_begun(Html& html, Page const& page, std::int64_t group)
{
    auto const view = page.desk.queue.view(group);
    auto const drafts = page.desk.store.with([](auto& store) { return store.drafts(); });
    if (!view || !drafts)
        return;
    auto const noted = noted_for(page, group);
    for (auto const& draft : *drafts) {
        auto const& entry = draft.answer.entry;
        if (!draft.answer.table.empty() || !(noted.contains(entry.id) || asks_so(entry, view->questions)))
            continue;
        html("<p class=\"hints\"><strong class=\"tag warn\">", page.say("state." + draft.state), "</strong> ", page.say("begun", {{"who", draft.author}, {"when", page.ago(draft.saved_at)}}), " <a href=\"",
             address("edit", entry.id), "?group=", group, "\">", title_of(entry, page.language), "</a></p>\n");
    }
}

}  // namespace immunobot::console
