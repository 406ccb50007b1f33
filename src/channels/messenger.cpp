#include "channels/messenger.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/meta.hpp"
#include "channels/plain_form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::channels::messenger_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 2000;
constexpr std::size_t most_quick_replies = 13;
constexpr std::size_t longest_title = 20;
constexpr std::size_t longest_payload = 1000;

std::string question_in(json::value const& event)
{
    if (object_at(event, {"postback"}))
        return std::string(question_of_value(text_at(event, {"postback", "payload"})));
    if (auto const chosen = text_at(event, {"message", "quick_reply", "payload"}); !chosen.empty())
        return std::string(question_of_value(chosen));
    return std::string(text_at(event, {"message", "text"}));
}

std::string id_in(json::value const& event)
{
    for (auto const* kind : {"message", "postback"})
        if (auto const id = text_at(event, {kind, "mid"}); !id.empty())
            return std::string(id);
    // Older postbacks have no id: whom and when tell them apart.
    auto const when = integer_at(event, {"timestamp"});
    return object_at(event, {"postback"}) && when ? std::string(text_at(event, {"sender", "id"})).append("@").append(std::to_string(*when)) : std::string();
}

bool is_too_old(json::value const& event, std::int64_t now)
{
    auto const milliseconds = integer_at(event, {"timestamp"});
    return milliseconds && now - *milliseconds / 1000 > meta_window.count();
}

void read_event(json::value const& event, std::string_view page, std::int64_t now, std::vector<Incoming>& found)
{
    auto const sender = text_at(event, {"sender", "id"});
    auto id = id_in(event);
    auto text = tidy(question_in(event));
    bool const unwanted = flag_at(event, {"message", "is_echo"}) || sender.empty() || sender == page || text_at(event, {"recipient", "id"}) != page;
    if (unwanted || id.empty() || text.empty() || is_too_old(event, now))
        return;
    Incoming incoming;
    incoming.question.text = std::move(text);
    incoming.question.channel = messenger.name;
    incoming.question.conversation = conversation_of(messenger.name, {page, sender});
    incoming.id = std::move(id);
    incoming.by_call = true;
    incoming.where["to"] = sender;
    found.push_back(std::move(incoming));
}

Result<Parsed> parse(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    if (text_at(*body, {"object"}) != "page")
        return Parsed(Ignore{});
    auto const page = settings.one("page_id");
    std::vector<Incoming> found;
    for (auto const& entry : items_at(*body, {"entry"}))
        if (text_at(entry, {"id"}) == page)
            for (auto const& event : items_at(entry, {"messaging"}))
                read_event(event, page, delivery.now, found);
    if (found.empty())
        return Parsed(Ignore{});
    return Parsed(std::move(found));
}

json::array quick_replies(std::vector<assistant::Suggestion> const& suggestions)
{
    json::array all;
    for (auto const& suggestion : suggestions)
        if (all.size() < most_quick_replies)
            all.push_back({{"content_type", "text"},
                           {"title", shortened(suggestion.label, longest_title, Unit::characters)},
                           {"payload", button_value(suggestion, longest_payload)}});
    return all;
}

// Quick replies hang on the last part. Their titles are short, so what they ask is said as well, with numbers.
std::vector<Call> compose(Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    auto const parts = split(answer_text(reply, Markup::plain, Suggestions::numbered), longest_text, Unit::characters);
    auto const* const to = incoming.where.if_contains("to");
    std::vector<Call> calls;
    for (auto const& part : parts) {
        json::object message{{"text", part}};
        if (&part == &parts.back() && !reply.suggestions.empty())
            message["quick_replies"] = quick_replies(reply.suggestions);
        Call call;
        call.target = std::string(settings.one("version")) + "/" + std::string(settings.one("page_id")) + "/messages";
        call.body = json::serialize(
            json::object{{"recipient", {{"id", to ? *to : json::value()}}}, {"messaging_type", "RESPONSE"}, {"message", std::move(message)}});
        call.good_for = meta_window;
        calls.push_back(std::move(call));
    }
    return calls;
}

// Quick replies that it refuses: what they ask stands in the text as well.
std::optional<std::string> plainer(Call const& call, int status, std::string_view)
{
    json::value body = body_of(call);
    if (status != 400 || items_at(body, {"message", "quick_replies"}).empty())
        return std::nullopt;
    body.get_object()["message"].get_object().erase("quick_replies");
    return json::serialize(body);
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    auto const page = settings.one("page_id");
    json::object const event{{"sender", {{"id", "0"}}}, {"recipient", {{"id", page}}}, {"timestamp", now * 1000},
                             {"message", {{"mid", "m_TEST" + std::to_string(now)}, {"text", question}}}};
    json::object const entry{{"id", page}, {"time", now * 1000}, {"messaging", json::array{event}}};
    std::string const body = json::serialize(json::object{{"object", "page"}, {"entry", json::array{entry}}});
    return meta_sample("/webhooks/messenger", settings, body);
}

constexpr Setting settings[] = {
    {.name = "app_secret", .kind = Setting::Kind::secret, .required = true, .help = "App settings, Basic, App secret"},
    {.name = "verify_token", .kind = Setting::Kind::secret, .required = true, .help = "any words of yours, given again as Verify token in Messenger, Webhooks"},
    {.name = "access_token", .kind = Setting::Kind::secret, .required = true, .help = "Messenger, Access tokens: token of the page"},
    {.name = "page_id", .required = true, .help = "id of the page"},
    {.name = "api", .kind = Setting::Kind::address, .otherwise = "https://graph.facebook.com", .help = "address of the Graph API"},
    {.name = "version", .otherwise = "v23.0", .help = "version of the Graph API"},
};

constexpr Route routes[] = {
    {.name = "messenger.verify", .method = Method::get, .path = "/webhooks/messenger", .content = Content::none, .prove = prove_meta_subscription,
     .parse = parse_meta_subscription},
    {.name = "messenger", .path = "/webhooks/messenger", .body_limit = meta_body, .prove = prove_meta_signature, .parse = parse,
     .silence = "EVENT_RECEIVED", .silence_type = text_content},
};

}  // namespace
}  // namespace immunobot::channels::messenger_protocol

namespace immunobot::channels {

constinit Channel const messenger{
    .name = "messenger",
    .title = "Messenger",
    .settings = messenger_protocol::settings,
    .routes = messenger_protocol::routes,
    .remember = meta_repeats,
    .refuse = refuse_as_meta,
    .compose = messenger_protocol::compose,
    .address = meta_address,
    .judge = judge_meta,
    .plainer = messenger_protocol::plainer,
    .sample = messenger_protocol::sample,
};

}  // namespace immunobot::channels
