// One request on its way to a page: who asks, in which language, and how pages are put together.
#pragma once

#include "console/console.hpp"
#include "pages/html.hpp"
#include "pages/texts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace immunobot::console {

using pages::Html;

struct Route;

struct Page {
    staff::Desk& desk;
    Request const& request;
    Response& response;
    Form const& query;
    Form const& form;
    Language language = Language::fr;
    std::optional<staff::Visit> visit = {};
    std::string id = {};            // what stands for {id} in the path
    bool has_charts = false;        // the page needs the library of charts

    staff::Person const& person() const { return visit->person; }
    // The id as a number; 0: it is none.
    std::int64_t number() const;
    // The id as "TABLE:ROW"; nothing if there is no such table.
    struct RowId {
        knowledge::Table table;
        std::string row;
    };
    std::optional<RowId> row_id() const;
    bool may(staff::Role role) const { return visit && staff::may(visit->person.role, role); }

    // The text "console.KEY".
    std::string const& say(std::string_view key) const;
    std::string say(std::string_view key, pages::Holes holes) const;

    // The whole page around `main`, which holds its only <h1>.
    void show(std::string const& title, Html const& main);
    // A page that says what is wrong, with a way back.
    void fail(int status, std::string_view key);
    void fail(Error const& error);
    // After something was done: "done.KEY" is said on the next page, with a button that takes it back.
    struct Undoable {
        std::int64_t revision = 0;   // of the history, or
        std::int64_t act = 0;        // of Undo; 0: not that
    };
    void go(std::string const& path, std::string_view done, Undoable undoable);
    void go(std::string const& path, std::string_view done = {});

    // A form that changes something: its beginning, with what proves that it is ours.
    void begin_form(Html& html, std::string const& action, std::string_view classes = "plain") const;
    void button(Html& html, std::string_view key, std::string_view classes = "") const;
    // A form that is only a button.
    void action(Html& html, std::string const& address, std::string_view key, std::string_view classes = "quiet") const;

    // "3 May 2026, 14:05", by the clocks of the server: the foot of each page says so.
    std::string time(std::int64_t seconds) const;
    std::string ago(std::int64_t seconds) const;
};

// "/console/KIND/ID"
std::string address(std::string_view kind, std::string_view id);
std::string address(std::string_view kind, std::int64_t id);

// Where to go after something was done: `to`, if that is an address of the console.
std::string safe_target(std::string_view to);

// The value of a cookie; empty: it was not sent.
std::string_view cookie(std::string_view cookies, std::string_view name);

}  // namespace immunobot::console
