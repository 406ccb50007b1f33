// Every page and action of the console with the role that it needs, in one table. What is not in it is not there.
#pragma once

#include "console/page.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace immunobot::console {

using Handler = void (*)(Page&);

struct Route {
    bool post = false;
    std::string_view path;                 // "{id}" at the end stands for what has no '/' in it
    std::optional<staff::Role> role;       // nothing: for whoever is not signed in
    Handler handler;
    // Of what only takes forms: the page that it belongs to, for whoever comes to its address by a link (the other language, back from signing in).
    // "{id}" stands for the same; "{check}" for the check of the draft of that id.
    std::string_view page = {};
};

std::span<Route const> routes();

// Null if there is none; `path_known`: there is one of the other method.
Route const* find_route(bool post, std::string_view path, std::string& id, bool& path_known);

// The page that the address of a form belongs to; empty: there is no such address.
std::string page_of_form(std::string_view path);

// sign_in.cpp
void get_sign_in(Page&);
void post_sign_in(Page&);
void post_sign_out(Page&);
void get_welcome(Page&);
void post_welcome(Page&);
void post_language(Page&);

// home.cpp
void get_home(Page&);

// help.cpp
void get_first_steps(Page&);
void post_first_steps(Page&);
void get_help(Page&);
void get_help_on(Page&);

// hand.cpp
void post_pin(Page&);
void post_copied(Page&);
void post_add(Page&);

// message.cpp
void get_message(Page&);
void post_piece_up(Page&);
void post_piece_out(Page&);
void post_message_empty(Page&);

// me.cpp
void get_me(Page&);
void post_me(Page&);
void post_end_session(Page&);
void post_end_others(Page&);

// answer.cpp
void get_answer(Page&);
void get_test(Page&);

// questions.cpp
void get_questions(Page&);
void post_questions(Page&);

// question.cpp
void get_question(Page&);
void post_take(Page&);
void post_ignore(Page&);
void post_reopen(Page&);
void post_assign(Page&);
void post_merge(Page&);
void post_split(Page&);
void post_match(Page&);

// replaying.cpp
void get_replay(Page&);

// erasing.cpp
void get_erase(Page&);
void post_erase(Page&);

// editor.cpp
void get_new(Page&);
void post_new(Page&);
void get_edit(Page&);
void post_edit(Page&);
void get_drafts(Page&);
void post_discard(Page&);

// publishing.cpp
void get_publish(Page&);
void post_publish(Page&);
void post_review(Page&);
void post_schedule(Page&);
void post_archive(Page&);

// sending_back.cpp
void post_send_back(Page&);

// history.cpp
void get_history(Page&);
void get_changes(Page&);
void post_restore(Page&);

// decisions.cpp
void get_decisions(Page&);

// undoing.cpp
void get_undo(Page&);
void post_undo(Page&);
void post_take_back(Page&);

// tables.cpp
void get_table(Page&);
void get_row(Page&);
void get_export(Page&);

// archiving.cpp
void get_archive(Page&);
void get_row_archive(Page&);
void post_row_archive(Page&);
void post_row_restore(Page&);

// rows.cpp
void get_row_edit(Page&);
void post_row_edit(Page&);

// sheets.cpp
void get_import(Page&);
void post_import(Page&);
void get_sheet(Page&);
void post_sheet(Page&);
void post_sheet_review(Page&);

// pairs.cpp
void get_pairs(Page&);
void post_pairs(Page&);

// staff_sheet.cpp
void get_staff_sheet(Page&);
void get_staff_csv(Page&);
void post_staff_sheet(Page&);

// review.cpp
void get_review(Page&);
void post_still_true(Page&);
void post_end(Page&);
void post_care(Page&);
void post_look_at(Page&);

// charts.cpp
void get_charts(Page&);
void get_chart_csv(Page&);

// letters.cpp
void get_letters(Page&);
void post_retry(Page&);
void post_drop(Page&);

// audit.cpp
void get_audit(Page&);
void get_audit_csv(Page&);

// settings.cpp
void get_settings(Page&);
void post_setting(Page&);

// tokens.cpp
void get_tokens(Page&);
void post_token_make(Page&);
void post_token_end(Page&);

// accounts.cpp
void get_accounts(Page&);
void post_invite(Page&);
void post_account(Page&);

}  // namespace immunobot::console
