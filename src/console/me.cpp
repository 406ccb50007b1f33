// One's own account: the words at the end of messages, and where one is signed in.
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "staff/tidy.hpp"
#include "staff/variables.hpp"
#include "text/utf8.hpp"

namespace immunobot::console {
namespace {

constexpr std::size_t longest_signature = 600;   // characters

void put_signature(Html& html, Page const& page, LocalText const& signature, std::string_view complaint)
{
    html("<section><h2 id=\"signature\">", page.say("me.signature"), "</h2><p>", page.say("me.signature.lead"), "</p>\n");
    if (!complaint.empty())
        html("<p class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\">", page.say(complaint), "</p>\n");
    page.begin_form(html, "/console/me", "plain kept");
    html("<div class=\"sides\">");
    for (auto const language : {Language::fr, Language::en})
        html("<p class=\"entry\"><label for=\"signature_", code(language), "\">", pages::say("console.language.name", language), "</label><textarea id=\"signature_", code(language), "\" name=\"signature_", code(language), "\" lang=\"", code(language),
             "\" rows=\"5\" maxlength=\"", longest_signature, "\" placeholder=\"", pages::say("console.message.ending", language), "\n", page.person().name, "\">\n", signature.in(language), "</textarea></p>");
    html("</div>");
    page.button(html, "me.signature.do");
    html("</form></section>\n");
}

void put_session(Html& html, Page const& page, knowledge::Session const& session)
{
    bool const here = session.digest == page.visit->digest;
    html("<tr><th scope=\"row\">", session.device.empty() ? std::string_view(page.say("me.device.unknown")) : std::string_view(session.device), "</th><td>", session.origin, "</td><td>", page.time(session.made_at), "</td><td>",
         page.ago(session.seen_at), "</td><td>");
    if (here)
        html("<span class=\"tag\">", page.say("me.here"), "</span>");
    else {
        page.begin_form(html, address("end-session", staff::Accounts::session_name(session)), "inline");
        html("<button type=\"submit\" class=\"quiet small\" aria-label=\"", labelled(page, page.say("me.end"), session.device + ", " + page.time(session.made_at)), "\">", page.say("me.end"), "</button></form>");
    }
    html("</td></tr>\n");
}

void put_sessions(Html& html, Page const& page, std::vector<knowledge::Session> const& sessions)
{
    html("<section><h2>", page.say("me.sessions"), "</h2><p>", page.say("me.sessions.lead"), "</p>\n");
    begin_table(html, page, "me.sessions", {}, {"me.device", "me.address", "me.since", "me.seen", "me.action"});
    for (auto const& session : sessions)
        put_session(html, page, session);
    html("</tbody></table></div>\n");
    if (sessions.size() > 1)
        page.action(html, "/console/end-others", "me.end-others");
    html("</section>\n");
}

void show(Page& page, LocalText const& signature, std::string_view complaint = {})
{
    auto const sessions = page.desk.accounts.sessions(*page.visit);
    if (!sessions)
        return page.fail(sessions.error());
    Html main;
    main("<h1>", page.say("me.title"), "</h1>\n<p class=\"lead\">", page.person().name, " \xC2\xB7 ", page.person().email, " \xC2\xB7 ", page.say("role." + std::string(staff::name(page.person().role))), "</p>\n");
    put_signature(main, page, signature, complaint);
    put_sessions(main, page, *sessions);
    page.show(page.say("me.title"), main);
}

void ended(Page& page, Result<> const& done)
{
    if (!done)
        return page.fail(done.error());
    page.go("/console/me", "ended-session");
}

}  // namespace

void get_me(Page& page)
{
    auto const signature = page.desk.store.with([&](auto& store) { return store.signature(page.person().account); });
    if (!signature)
        return page.fail(signature.error());
    show(page, *signature);
}

void post_me(Page& page)
{
    LocalText const signature{staff::tidy(page.form.text("signature_en")), staff::tidy(page.form.text("signature_fr"))};
    bool const fits = text::length(signature.en) <= longest_signature && text::length(signature.fr) <= longest_signature;
    if (!fits || !staff::knows_variables(signature.en) || !staff::knows_variables(signature.fr)) {
        page.response.status = 422;
        return show(page, signature, fits ? "fault.variable" : "fault.long");
    }
    auto const& by = page.person();
    auto const done = page.desk.store.with([&](auto& store) { return store.set_signature(by.account, signature, {by.email, by.origin, "account.signature", by.email}); });
    if (!done)
        return page.fail(done.error());
    page.go("/console/me", "signature");
}

void post_end_session(Page& page)
{
    ended(page, page.desk.accounts.end_session(*page.visit, page.id));
}

void post_end_others(Page& page)
{
    ended(page, page.desk.accounts.end_others(*page.visit));
}

}  // namespace immunobot::console
