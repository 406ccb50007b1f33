// /ask: the assistant for browsers without scripts. Questions come in the body, so that they stand in no address.

#include "server/handlers.hpp"

#include "channels/fields.hpp"
#include "knowledge/journal.hpp"
#include "pages/ask.hpp"
#include "server/answering.hpp"
#include "server/page_view.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::server {
namespace {

constexpr std::size_t starters = 5;

bool is_ours(std::string_view id)
{
    return id.size() == 32 && std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// A conversation of this page, or a new one: ids that are not ours are not taken on.
std::string conversation_of(Context& context, std::string_view given)
{
    return is_ours(given) ? std::string(given) : context.ids.next();
}

// As the rest of the program knows it.
std::string page_conversation(std::string_view id)
{
    return std::string("page:").append(id);
}

// Browsers send line breaks as CR LF.
std::string without_returns(std::string_view text)
{
    std::string out(text);
    std::erase(out, '\r');
    return out;
}

// What every version of the page tells.
pages::Asked asked_of(Context const& context, std::string_view question, std::string_view conversation)
{
    auto const& options = context.shared.options;
    pages::Asked asked;
    asked.question = question;
    asked.conversation = conversation;
    asked.keep_days = options.keep_days;
    asked.contact = options.contact_url;
    asked.privacy = options.privacy_url;
    return asked;
}

bool is_blank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string_view complaint_about(std::string_view question)
{
    if (is_blank(question))
        return "ask.empty";
    return text::length(question) > assistant::longest_question ? "ask.too_long" : "";
}

}  // namespace

void get_ask(Context& context, Route const&, Request const& request, Response& response)
{
    auto const query = Query::parse(request.query);
    if (!query)
        return explain(response, query.error());
    auto const page = page_view(context, language_of(*query, request));
    if (!page)
        return explain(response, page.error());
    auto const conversation = context.ids.next();
    auto asked = asked_of(context, {}, conversation);
    asked.starters = context.backend.suggest("", page->language, starters);
    send_private(response, pages::ask_page(page->view(), asked));
    compress(request, response);
}

void post_ask_page(Context& context, Route const&, Request const& request, Response& response)
{
    auto const form = Query::parse(request.body);
    if (!form)
        return response.fail(Problem::bad_request);
    auto const page = page_view(context, language_of(*form, request));
    if (!page)
        return explain(response, page.error());
    auto const question = without_returns(form->text("question"));
    auto const conversation = conversation_of(context, form->text("conversation"));
    auto asked = asked_of(context, question, conversation);
    asked.complaint = complaint_about(question);
    if (!asked.complaint.empty()) {
        response.status = 400;
        return send_private(response, pages::ask_page(page->view(), asked));
    }
    assistant::Question to_answer;
    to_answer.text = question;
    to_answer.conversation = page_conversation(conversation);
    to_answer.hint = page->language;
    to_answer.explain = true;
    to_answer.as_typed = form->text("as_typed") == "1";
    to_answer.channel = "page";
    auto const reply = answer(context, to_answer);
    if (!reply)
        return explain(response, reply.error());
    asked.reply = &*reply;
    send_private(response, pages::ask_page(page->view(), asked));
}

void post_feedback_page(Context& context, Route const&, Request const& request, Response& response)
{
    auto const form = Query::parse(request.body);
    if (!form)
        return response.fail(Problem::bad_request);
    auto const page = page_view(context, language_of(*form, request));
    if (!page)
        return explain(response, page.error());
    auto const reply = form->text("reply");
    auto const helpful = form->text("helpful");
    auto const reason = text::prefix(form->text("reason"), knowledge::longest_reason);
    if (reply.empty() || reply.size() > channels::longest_conversation || (helpful != "yes" && helpful != "no"))
        return response.fail(Problem::bad_request);
    auto const kept = context.backend.feedback({std::string(reply), helpful == "yes", std::string(reason)});
    if (!kept && kept.error().code != Errc::not_found)
        return explain(response, kept.error());
    send_private(response, pages::thanks_page(page->view(), kept.has_value()));
}

void post_forget_page(Context& context, Route const&, Request const& request, Response& response)
{
    auto const form = Query::parse(request.body);
    if (!form || !is_ours(form->text("conversation")))
        return response.fail(Problem::bad_request);
    auto const page = page_view(context, language_of(*form, request));
    if (!page)
        return explain(response, page.error());
    auto const forgotten = context.backend.forget(page_conversation(form->text("conversation")));
    if (!forgotten && forgotten.error().code != Errc::not_found)
        return explain(response, forgotten.error());
    send_private(response, pages::forgotten_page(page->view()));
}

}  // namespace immunobot::server
