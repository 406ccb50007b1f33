// What one has at hand: answers that are pinned, and those that were copied last.
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "base/date.hpp"
#include "staff/first_steps.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

constexpr std::size_t most_recent = 5;

// Only of answers that there are: an address can be made up.
bool is_there(Page& page)
{
    auto const found = page.desk.search.one(page.id);
    if (!found)
        page.fail(found.error());
    else if (!*found)
        page.fail(404, "fail.not-found");
    return found && *found;
}

// It is a help: what was done is done.
void note_looked_up(Page const& page)
{
    static_cast<void>(staff::note_first_look_up(page.desk.store, page.person()));
}

void go_back(Page& page, std::string_view done)
{
    page.go(safe_target(page.form.text("to")), done);
}

void put_board(Html& html, Page const& page, std::string_view key, std::vector<std::string> const& ids)
{
    auto const found = page.desk.search.read(ids);
    if (!found || found->empty())
        return;
    html("<section><h2>", page.say(key), "</h2>\n");
    put_rows(html, page, *found, Heading::third);
    html("</section>\n");
}

}  // namespace

void put_at_hand(Html& html, Page const& page)
{
    auto const account = page.person().account;
    auto const pins = page.desk.store.with([&](auto& store) { return store.pins(account); });
    auto recent = page.desk.store.with([&](auto& store) { return store.used_lately(account, most_recent * 2); });
    if (!pins || !recent)
        return;
    std::erase_if(*recent, [&](std::string const& id) { return std::ranges::find(*pins, id) != pins->end(); });
    recent->resize(std::min(recent->size(), most_recent));
    if (pins->empty() && recent->empty())
        return;
    html("<div class=\"at-hand\">\n");
    put_board(html, page, "home.pinned", *pins);
    put_board(html, page, "home.recent", *recent);
    html("</div>\n");
}

void post_pin(Page& page)
{
    bool const on = page.form.text("on") != "0";
    if (on && !is_there(page))
        return;
    auto const done = page.desk.store.with([&](auto& store) { return store.pin(page.person().account, page.id, on, seconds_now()); });
    if (!done)
        return page.fail(done.error());
    if (on)
        note_looked_up(page);
    go_back(page, on ? "pinned" : "unpinned");
}

// Told by the script when something was copied.
void post_copied(Page& page)
{
    if (!is_there(page))
        return;
    auto const done = page.desk.store.with([&](auto& store) { return store.count_use(page.person().account, page.id, seconds_now()); });
    if (!done)
        return page.fail(done.error());
    note_looked_up(page);
    go_back(page, {});
}

void post_add(Page& page)
{
    if (!is_there(page))
        return;
    auto const account = page.person().account;
    auto const done = page.desk.store.with([&](auto& store) -> Result<> {
        if (auto added = store.add_piece(account, page.id); !added)
            return added;
        return store.count_use(account, page.id, seconds_now());
    });
    if (!done)
        return page.fail(done.error());
    note_looked_up(page);
    go_back(page, "added");
}

}  // namespace immunobot::console
