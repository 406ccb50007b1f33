// /api/v1/ask, /api/v1/suggest, /api/v1/feedback

#include "server/handlers.hpp"

#include "assistant/json.hpp"
#include "channels/fields.hpp"
#include "channels/strict_json.hpp"
#include "knowledge/journal.hpp"
#include "server/answering.hpp"
#include "server/conversation_id.hpp"
#include "server/once.hpp"
#include "server/query.hpp"
#include "text/utf8.hpp"

#include <boost/json/monotonic_resource.hpp>

namespace immunobot::server {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_typed = 200;
constexpr std::size_t default_suggestions = 5;

Result<assistant::Question> read_question(json::value const& body)
{
    auto const object = channels::object_of(body);
    if (!object)
        return object.error();
    auto const text = channels::required_text(**object, "question");
    if (!text)
        return text.error();
    auto const conversation = channels::conversation_id(**object, "conversation");
    if (!conversation)
        return conversation.error();
    auto const hint = channels::language_hint(**object, "lang");
    if (!hint)
        return hint.error();
    auto const explained = channels::optional_flag(**object, "explain");
    if (!explained)
        return explained.error();
    auto const as_typed = channels::optional_flag(**object, "as_typed");
    if (!as_typed)
        return as_typed.error();
    assistant::Question question;
    question.text = *text;
    if (!conversation->empty())
        question.conversation = api_conversation(*conversation);
    question.hint = *hint;
    question.explain = explained->value_or(false);
    question.as_typed = as_typed->value_or(false);
    return question;
}

Result<knowledge::Feedback> read_feedback(json::value const& body)
{
    auto const object = channels::object_of(body);
    if (!object)
        return object.error();
    auto const reply = channels::required_text(**object, "reply");
    if (!reply)
        return reply.error();
    auto const helpful = channels::optional_flag(**object, "helpful");
    if (!helpful)
        return helpful.error();
    if (!*helpful)
        return Error{Errc::bad_request, "field \"helpful\" is missing"};
    auto const reason = channels::optional_text(**object, "reason");
    if (!reason)
        return reason.error();
    if (reply->size() > channels::longest_conversation)
        return Error{Errc::bad_request, "field \"reply\" is not the id of a reply"};
    if (text::length(reason->value_or("")) > knowledge::longest_reason)
        return Error{Errc::bad_request, "field \"reason\" is longer than 500 characters"};
    return knowledge::Feedback{std::string(*reply), **helpful, std::string(reason->value_or(""))};
}

void put_suggestions(std::string& out, std::vector<assistant::Suggestion> const& suggestions)
{
    out += '{';
    assistant::append_suggestions(out, suggestions);
    out += '}';
}

}  // namespace

void explain(Response& response, Error const& error)
{
    switch (error.code) {
        case Errc::bad_request: return response.fail(Problem::invalid_field, error.message);
        case Errc::not_found: return response.fail(Problem::not_found);
        case Errc::storage:
        case Errc::busy:
            response.fail(Problem::unavailable);
            return response.add_field("Retry-After", "5");
        default: return response.fail(Problem::internal);
    }
}

void post_ask(Context& context, Route const&, Request const& request, Response& response)
{
    unsigned char space[4096];
    json::monotonic_resource memory(space);
    auto const body = channels::parse_strict(request.body, &memory);
    if (!body)
        return response.fail(Problem::bad_request, body.error().message);
    auto const question = read_question(*body);
    if (!question)
        return explain(response, question.error());
    if (text::length(question->text) > assistant::longest_question)
        return response.fail(Problem::question_too_long);
    auto const message = channels::conversation_id(body->as_object(), "message");
    if (!message)
        return explain(response, message.error());
    // Without the conversation's secret id, others could ask for this one's answers.
    auto const key = message->empty() || question->conversation.empty() ? std::string() : question->conversation + '\n' + std::string(*message);
    answer_once(context.shared.repeats, key, response, [&] {
        auto const reply = answer(context, *question);
        if (!reply)
            return explain(response, reply.error());
        assistant::append_json(response.body, *reply);
    });
}

// The same as get_suggest, but what is being typed is in no address.
void post_suggest(Context& context, Route const&, Request const& request, Response& response)
{
    auto const body = channels::parse_strict(request.body);
    if (!body)
        return response.fail(Problem::bad_request, body.error().message);
    auto const object = channels::object_of(*body);
    if (!object)
        return explain(response, object.error());
    auto const typed = channels::optional_text(**object, "q");
    if (!typed)
        return explain(response, typed.error());
    if (text::length(typed->value_or("")) > longest_typed)
        return response.fail(Problem::invalid_field, "field \"q\" is longer than 200 characters");
    auto const language = channels::language_hint(**object, "lang");
    if (!language)
        return explain(response, language.error());
    put_suggestions(response.body, context.backend.suggest(typed->value_or(""), language->value_or(Language::en), default_suggestions));
}

void get_suggest(Context& context, Route const&, Request const& request, Response& response)
{
    auto const query = Query::parse(request.query);
    if (!query)
        return explain(response, query.error());
    auto const limit = query->number("limit", default_suggestions, 1, 10);
    if (!limit)
        return explain(response, limit.error());
    auto const typed = query->text("q");
    if (text::length(typed) > longest_typed)
        return response.fail(Problem::invalid_field, "parameter \"q\" is longer than 200 characters");
    auto const language = language_from_code(query->text("lang")).value_or(Language::en);
    put_suggestions(response.body, context.backend.suggest(typed, language, *limit));
}

void post_feedback(Context& context, Route const&, Request const& request, Response& response)
{
    auto const body = channels::parse_strict(request.body);
    if (!body)
        return response.fail(Problem::bad_request, body.error().message);
    auto feedback = read_feedback(*body);
    if (!feedback)
        return explain(response, feedback.error());
    if (auto const kept = context.backend.feedback(std::move(*feedback)); !kept)
        return explain(response, kept.error());
    response.body = "{\"status\":\"ok\"}";
}

}  // namespace immunobot::server
