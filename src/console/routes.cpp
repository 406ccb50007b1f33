#include "console/routes.hpp"

#include "text/form_fields.hpp"

namespace immunobot::console {
namespace {

using staff::Role;

constexpr bool get = false;
constexpr bool post = true;

constexpr Route all_routes[] = {
    {get, "/console/sign-in", {}, get_sign_in},
    {post, "/console/sign-in", {}, post_sign_in},
    {get, "/console/welcome/{id}", {}, get_welcome},
    {post, "/console/welcome/{id}", {}, post_welcome},
    {post, "/console/language", {}, post_language, "/console"},

    {get, "/console", Role::viewer, get_home},
    {get, "/console/first-steps", Role::viewer, get_first_steps},
    {post, "/console/first-steps", Role::viewer, post_first_steps},
    {get, "/console/help", Role::viewer, get_help},
    {get, "/console/help/{id}", Role::viewer, get_help_on},
    {get, "/console/answer/{id}", Role::viewer, get_answer},
    {get, "/console/test", Role::viewer, get_test},
    {get, "/console/changes", Role::viewer, get_changes},
    {get, "/console/history/{id}", Role::viewer, get_history},
    {get, "/console/table/{id}", Role::viewer, get_table},
    {get, "/console/row/{id}", Role::viewer, get_row},
    {get, "/console/export/{id}", Role::viewer, get_export},
    {get, "/console/review", Role::viewer, get_review},
    {post, "/console/sign-out", Role::viewer, post_sign_out, "/console"},
    {post, "/console/pin/{id}", Role::viewer, post_pin, "/console/answer/{id}"},
    {post, "/console/copied/{id}", Role::viewer, post_copied, "/console/answer/{id}"},
    {post, "/console/add/{id}", Role::viewer, post_add, "/console/answer/{id}"},
    {get, "/console/message", Role::viewer, get_message},
    {post, "/console/piece-up/{id}", Role::viewer, post_piece_up, "/console/message"},
    {post, "/console/piece-out/{id}", Role::viewer, post_piece_out, "/console/message"},
    {post, "/console/message-empty", Role::viewer, post_message_empty, "/console/message"},
    {get, "/console/me", Role::viewer, get_me},
    {post, "/console/me", Role::viewer, post_me},
    {post, "/console/end-session/{id}", Role::viewer, post_end_session, "/console/me"},
    {post, "/console/end-others", Role::viewer, post_end_others, "/console/me"},

    {get, "/console/questions", Role::answerer, get_questions},
    {post, "/console/questions", Role::answerer, post_questions},
    {get, "/console/question/{id}", Role::answerer, get_question},
    {post, "/console/take/{id}", Role::answerer, post_take, "/console/question/{id}"},
    {post, "/console/ignore/{id}", Role::answerer, post_ignore, "/console/question/{id}"},
    {post, "/console/reopen/{id}", Role::answerer, post_reopen, "/console/question/{id}"},
    {post, "/console/assign/{id}", Role::answerer, post_assign, "/console/question/{id}"},
    {post, "/console/merge/{id}", Role::answerer, post_merge, "/console/question/{id}"},
    {post, "/console/split/{id}", Role::answerer, post_split, "/console/question/{id}"},
    {post, "/console/match/{id}", Role::answerer, post_match, "/console/question/{id}"},

    {get, "/console/replay/{id}", Role::answerer, get_replay},
    {get, "/console/decisions", Role::answerer, get_decisions},
    {post, "/console/take-back/{id}", Role::answerer, post_take_back, "/console/decisions"},
    {get, "/console/erase/{id}", Role::answerer, get_erase},
    {post, "/console/erase/{id}", Role::answerer, post_erase},

    {get, "/console/drafts", Role::answerer, get_drafts},
    {get, "/console/new", Role::answerer, get_new},
    {post, "/console/new", Role::answerer, post_new},
    {get, "/console/edit/{id}", Role::answerer, get_edit},
    {post, "/console/edit/{id}", Role::answerer, post_edit},
    {post, "/console/discard/{id}", Role::answerer, post_discard, "/console/drafts"},
    {get, "/console/publish/{id}", Role::answerer, get_publish},
    {post, "/console/review/{id}", Role::answerer, post_review, "{check}"},
    {post, "/console/restore/{id}", Role::answerer, post_restore, "/console/history/{id}"},
    {get, "/console/row-edit/{id}", Role::answerer, get_row_edit},
    {post, "/console/row-edit/{id}", Role::answerer, post_row_edit},
    {post, "/console/row-restore/{id}", Role::answerer, post_row_restore, "/console/row/{id}"},
    {get, "/console/sheet/{id}", Role::answerer, get_sheet},
    {post, "/console/sheet-review/{id}", Role::answerer, post_sheet_review, "{check}"},
    {post, "/console/care/{id}", Role::answerer, post_care, "/console/answer/{id}"},
    {post, "/console/look-at/{id}", Role::answerer, post_look_at, "/console/answer/{id}"},
    {get, "/console/charts", Role::answerer, get_charts},
    {get, "/console/chart/{id}", Role::answerer, get_chart_csv},

    {post, "/console/publish/{id}", Role::editor, post_publish},
    {post, "/console/send-back/{id}", Role::editor, post_send_back, "{check}"},
    {post, "/console/schedule/{id}", Role::editor, post_schedule, "{check}"},
    {get, "/console/archive/{id}", Role::editor, get_archive},
    {post, "/console/archive/{id}", Role::editor, post_archive},
    {get, "/console/row-archive/{id}", Role::editor, get_row_archive},
    {post, "/console/row-archive/{id}", Role::editor, post_row_archive},
    {get, "/console/import/{id}", Role::editor, get_import},
    {post, "/console/import/{id}", Role::editor, post_import},
    {get, "/console/pairs", Role::editor, get_pairs},
    {post, "/console/pairs", Role::editor, post_pairs},
    {post, "/console/sheet/{id}", Role::editor, post_sheet},
    {post, "/console/still-true/{id}", Role::editor, post_still_true, "/console/review"},
    {post, "/console/end/{id}", Role::editor, post_end, "/console/review"},
    {get, "/console/undo/{id}", Role::editor, get_undo},
    {post, "/console/undo/{id}", Role::editor, post_undo},
    {get, "/console/letters", Role::editor, get_letters},
    {post, "/console/letter-retry/{id}", Role::editor, post_retry, "/console/letters"},
    {post, "/console/letter-drop/{id}", Role::editor, post_drop, "/console/letters"},

    {get, "/console/accounts", Role::admin, get_accounts},
    {post, "/console/invite", Role::admin, post_invite, "/console/accounts"},
    {post, "/console/account", Role::admin, post_account, "/console/accounts"},
    {get, "/console/settings", Role::admin, get_settings},
    {post, "/console/setting/{id}", Role::admin, post_setting, "/console/settings"},
    {get, "/console/tokens", Role::admin, get_tokens},
    {post, "/console/token-make", Role::admin, post_token_make, "/console/tokens"},
    {post, "/console/token-end/{id}", Role::admin, post_token_end, "/console/tokens"},
    {get, "/console/staff-answers", Role::admin, get_staff_sheet},
    {post, "/console/staff-answers", Role::admin, post_staff_sheet},
    {get, "/console/staff-answers.csv", Role::admin, get_staff_csv},
    {get, "/console/audit", Role::admin, get_audit},
    {get, "/console/audit.csv", Role::admin, get_audit_csv},
};

constexpr std::string_view placeholder = "{id}";

bool fits(Route const& route, std::string_view path, std::string& id)
{
    if (!route.path.ends_with(placeholder))
        return route.path == path;
    auto const before = route.path.substr(0, route.path.size() - placeholder.size());
    if (!path.starts_with(before) || path.size() == before.size())
        return false;
    // The paths that the pages write are escaped: "facts%3Alab.founded.1".
    auto const decoded = text::percent_decoded(path.substr(before.size()));
    if (!decoded || decoded->find('/') != std::string::npos || decoded->find('\0') != std::string::npos)
        return false;
    id = *decoded;
    return true;
}

// The check before publishing: rows have another than answers.
std::string check_of(std::string const& id)
{
    return address(id.find(':') == std::string::npos ? "publish" : "sheet", id);
}

}  // namespace

std::span<Route const> routes()
{
    return all_routes;
}

Route const* find_route(bool posted, std::string_view path, std::string& id, bool& path_known)
{
    path_known = false;
    for (auto const& route : all_routes)
        if (fits(route, path, id)) {
            path_known = true;
            if (route.post == posted)
                return &route;
        }
    return nullptr;
}

std::string page_of_form(std::string_view path)
{
    std::string id;
    bool known = false;
    auto const* form = find_route(post, path, id, known);
    if (!form)
        return {};
    if (form->page == "{check}")
        return check_of(id);
    auto const before = form->page.substr(0, form->page.find(placeholder));
    return std::string(before) + (before.size() < form->page.size() ? text::percent_encoded(id) : std::string());
}

}  // namespace immunobot::console
