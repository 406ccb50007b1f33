#include "staff/digest.hpp"

#include "base/date.hpp"
#include "base/local_time.hpp"
#include "staff/links.hpp"
#include "staff/told.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>

namespace immunobot::staff {
namespace {

constexpr std::size_t listed = 20;              // of each
constexpr int hour_of_sending = 7;

std::string day_of(std::int64_t seconds)
{
    return to_string(local_time(seconds).day);
}

void add_links(std::vector<std::string>& urls, knowledge::FaqEntry const& entry)
{
    for (auto const& link : links_of(entry.answer.fr + '\n' + entry.answer.en, {}))
        if (std::ranges::find(urls, link.address) == urls.end())
            urls.push_back(link.address);
}

void title(std::string& text, std::string const& what, std::size_t count)
{
    text += "\n\n" + what + " (" + std::to_string(count) + ")";
}

constexpr std::string_view silence = "no answer";

std::size_t silent_links(Digest const& digest)
{
    return static_cast<std::size_t>(std::ranges::count(digest.dead_links, silence, [](auto const& link) -> std::string_view { return link.second; }));
}

// As the page of an answer says it; the number of an error is the same in every language.
std::string why_dead(std::string const& why, Words const& say)
{
    if (why == silence)
        return say("le site ne r\u00e9pond pas", "the site does not answer");
    return why == "private network" ? say("l'adresse m\u00e8ne \u00e0 un r\u00e9seau priv\u00e9", "the address leads to a private network") : why;
}

void add_dead_links(std::string& text, Digest const& digest, Words const& say)
{
    if (!could_check_links(digest)) {
        text += "\n\n" + say("Liens : impossible \u00e0 v\u00e9rifier cette semaine, le r\u00e9seau ne r\u00e9pondait pas (", "Links: they could not be checked this week, the network did not answer (") + std::to_string(silent_links(digest)) +
                say(" sans r\u00e9ponse sur ", " without an answer of ") + std::to_string(digest.links_checked) + ")";
        return;
    }
    title(text, say("Liens morts parmi ", "Dead links of ") + std::to_string(digest.links_checked) + say(" v\u00e9rifi\u00e9s", " checked"), digest.dead_links.size());
    for (auto const& [url, why] : digest.dead_links)
        text += "\n- " + url + ": " + why_dead(why, say);
}

// It may have ended already.
std::string when_due(Answers::Due const& due, Date const& today, Words const& say)
{
    if (!due.ends)
        return say("\u00e0 rev\u00e9rifier avant le ", "to be checked by ");
    return is_over(due.day, today) ? say("a pris fin le ", "ended on ") : say("se termine le ", "ends on ");
}

}  // namespace

bool could_check_links(Digest const& digest)
{
    constexpr std::size_t few = 5;
    auto const silent = silent_links(digest);
    return silent < few || 2 * silent <= digest.links_checked;
}

Result<Digest> digest_of(Desk& desk, std::int64_t since, std::int64_t now)
{
    Digest out;
    out.since = since;
    out.now = now;
    auto groups = desk.queue.groups();
    if (!groups)
        return groups.error();
    for (auto& group : *groups) {
        bool const open = group.state == "new" || group.state == "taken";
        out.solved += group.state == "answered" && group.decided_at >= since ? 1U : 0U;
        if (open && out.unanswered.size() < listed)
            out.unanswered.push_back(std::move(group));
        else if (open)
            ++out.unanswered_more;
    }
    auto due = desk.answers.due(listed);
    if (!due)
        return due.error();
    out.due = std::move(*due);
    auto disliked = desk.store.with([&](auto& store) { return store.disliked(since, listed); });
    if (!disliked)
        return disliked.error();
    out.disliked = std::move(*disliked);
    auto end = desk.store.with([](auto& store) { return store.audit_end(); });
    if (!end)
        return end.error();
    out.audit = std::move(*end);
    return out;
}

Result<std::vector<std::string>> source_links(Desk& desk)
{
    auto const all = desk.answers.knowledge();
    if (!all)
        return all.error();
    auto const hidden = desk.store.with([](auto& store) { return store.staff_answers(); });
    if (!hidden)
        return hidden.error();
    std::vector<std::string> urls;
    for (auto const& source : all->sources)
        if (!source.url.empty())
            urls.push_back(source.url);
    for (auto const& entry : all->faq)
        add_links(urls, entry);
    for (auto const& one : *hidden)
        add_links(urls, one.answer.entry);
    return urls;
}

std::string as_text(Digest const& digest, Language language)
{
    Words const say(language);
    std::string text = say("immunobot, semaine du ", "immunobot, week from ") + day_of(digest.since) + say(" au ", " to ") + day_of(digest.now);
    title(text, say("Questions sans r\u00e9ponse", "Questions without an answer"), digest.unanswered.size() + digest.unanswered_more);
    for (auto const& group : digest.unanswered)
        text += "\n- #" + std::to_string(group.id) + ", " + std::to_string(group.count) + "x: " + group.question + (group.assigned.empty() ? "" : " (" + group.assigned + ")");
    if (digest.solved > 0)
        text += "\n" + say("R\u00e9solues cette semaine : ", "Solved this week: ") + std::to_string(digest.solved);
    title(text, say("R\u00e9ponses \u00e0 rev\u00e9rifier ou bient\u00f4t termin\u00e9es", "Answers to be checked again, or about to end"), digest.due.size());
    for (auto const& due : digest.due)
        text += "\n- " + due.id + ": " + when_due(due, local_time(digest.now).day, say) + due.day + (due.owner.empty() ? "" : " (" + due.owner + ")");
    title(text, say("R\u00e9ponses jug\u00e9es inutiles", "Answers that were of no use"), digest.disliked.size());
    for (auto const& one : digest.disliked)
        text += "\n- " + one.question + " -> " + (one.facts.empty() ? "?" : one.facts) + (one.reason.empty() ? "" : " (" + one.reason + ")");
    add_dead_links(text, digest, say);
    if (digest.audit.count > 0)
        text += "\n\n" + say("Journal d'audit, entr\u00e9es : ", "Audit log, entries: ") + std::to_string(digest.audit.count) + say(", derni\u00e8re empreinte : ", ", last digest: ") + digest.audit.digest;
    return text + "\n";
}

std::string as_message(Digest const& digest, Language language)
{
    return boost::json::serialize(boost::json::object{{"text", as_text(digest, language)}});
}

std::int64_t next_digest(std::int64_t sent, std::int64_t now)
{
    using namespace std::chrono;
    auto const after = sent > 0 ? sent : now;
    auto const from = local_time(after).day;
    sys_days day = year{from.year} / from.month / from.day;
    for (;; day += days{1}) {
        year_month_day const there{day};
        auto const due = seconds_at({static_cast<int>(there.year()), static_cast<int>(static_cast<unsigned>(there.month())), static_cast<int>(static_cast<unsigned>(there.day()))}, hour_of_sending);
        if (weekday{day} == Monday && due > after)
            return due;
    }
}

}  // namespace immunobot::staff
