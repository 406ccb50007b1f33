// /ask: the assistant for browsers without scripts. Questions come in the body, so that they stand in no address.

#include "server/handlers.hpp"

#include "channels/fields.hpp"
#include "pages/ask.hpp"
#include "server/answering.hpp"
#include "server/page_view.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::server {
namespace {

constexpr std::size_t longest_reason = 500;

// A conversation of this page, or a new one: ids that are not ours are not taken on.
std::string conversation_of(Context& context, std::string_view given)
{
    bool const ours = given.size() == 32 && std::all_of(given.begin(), given.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    return ours ? std::string(given) : context.ids.next();
}

// Browsers send line breaks as CR LF.
std::string without_returns(std::string_view text)
{
    std::string out(text);
    std::erase(out, '\r');
    return out;
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
    pages::Asked asked;
    auto const conversation = context.ids.next();
    asked.conversation = conversation;
    asked.keep_days = context.shared.options.keep_days;
    send_private(response, pages::ask_page(page->view(), asked));
    response.add_field("Vary", "Accept-Language");
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
    pages::Asked asked{question, conversation, nullptr, complaint_about(question), context.shared.options.keep_days};
    if (!asked.complaint.empty()) {
        response.status = 400;
        return send_private(response, pages::ask_page(page->view(), asked));
    }
    assistant::Question to_answer;
    to_answer.text = question;
    to_answer.conversation = "page:" + conversation;
    to_answer.hint = page->language;
    to_answer.explain = true;
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
    auto const reason = text::prefix(form->text("reason"), longest_reason);
    if (reply.empty() || reply.size() > channels::longest_conversation || (helpful != "yes" && helpful != "no"))
        return response.fail(Problem::bad_request);
    auto const kept = context.backend.feedback({std::string(reply), helpful == "yes", std::string(reason)});
    if (!kept && kept.error().code != Errc::not_found)
        return explain(response, kept.error());
    send_private(response, pages::thanks_page(page->view(), kept.has_value()));
}

}  // namespace immunobot::server
