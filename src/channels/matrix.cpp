#include "channels/matrix.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/form.hpp"
#include "channels/plain_form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"
#include "text/form_fields.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::matrix_protocol {
namespace {

namespace json = boost::json;

// A homeserver sends again for ever what is refused, and nothing else before it is taken, so there is nothing in an event that we
// would refuse: it holds 65,536 bytes, and homeservers in Python read a thousand levels.
constexpr JsonLimits event_json{.depth = 1000, .keys = 100'000, .key_bytes = 65'536};
constexpr std::size_t longest_body = 16'000;   // bytes; an event holds 65,536, with the text in it twice
constexpr std::string_view client_api = "_matrix/client/v3/";

// In the header; older servers give it in the query, some in both, and then both must be right.
Proof prove(Delivery const& delivery, Settings const& settings)
{
    auto const query = Form::parse(delivery.query);
    if (!query)
        return Proof::fails;
    bool const in_query = query->has("access_token");
    bool const in_header = find_header(delivery, "authorization").count > 0;
    auto const token = bearer_token(delivery);
    bool const header_holds = token && settings.holds("hs_token", *token);
    bool const query_holds = settings.holds("hs_token", query->text("access_token"));
    return proof((in_query || in_header) && (!in_header || header_holds) && (!in_query || query_holds));
}

// ---- events ----

// "@immunobot:example.org" -> "immunobot"
std::string_view local_part(std::string_view id)
{
    id.remove_prefix(std::min<std::size_t>(1, id.size()));
    return id.substr(0, std::min(id.find(':'), id.size()));
}

// Clients that quote what they answer put it in front: lines that begin with '>', up to an empty one.
std::string_view without_quote(std::string_view body)
{
    if (!body.starts_with("> <@"))
        return body;
    while (body.starts_with('>')) {
        auto const end = body.find('\n');
        if (end == std::string_view::npos)
            return {};
        body.remove_prefix(end + 1);
    }
    return body.starts_with('\n') ? body.substr(1) : body;
}

bool is_separator(char c)
{
    return c == ':' || c == ',' || c == ' ' || c == '\n';
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Takes our name and what separates it off the front; false if the text does not begin so.
bool take_name(std::string_view& text, std::string_view name)
{
    bool const begins = !name.empty() && text.size() >= name.size() &&
                        std::equal(name.begin(), name.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
    if (!begins || (text.size() > name.size() && !is_separator(text[name.size()])))
        return false;
    text.remove_prefix(name.size());
    while (!text.empty() && is_separator(text.front()))
        text.remove_prefix(1);
    return true;
}

bool is_in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || (c & 0x80) != 0;
}

// Where `name` is said last, as a word of its own.
std::size_t last_word(std::string_view text, std::string_view name)
{
    for (auto at = name.empty() || name.size() > text.size() ? 0 : text.size() - name.size() + 1; at-- > 0;) {
        auto const end = at + name.size();
        bool const apart = (at == 0 || !is_in_word(text[at - 1])) && (end == text.size() || !is_in_word(text[end]));
        if (apart && std::equal(name.begin(), name.end(), text.begin() + static_cast<std::ptrdiff_t>(at), [](char a, char b) { return lower(a) == lower(b); }))
            return at;
    }
    return std::string_view::npos;
}

bool take_our_name(std::string_view& text, Settings const& settings)
{
    auto const id = settings.one("bot_mxid");
    return take_name(text, id) || take_name(text, settings.one("display_name")) || take_name(text, local_part(id));
}

// Takes our name out of the rest of the text: the whole id wherever it stands; and of a text that mentions us, and does not begin
// with it, the last time that it is said, which is what clients write for the mention.
std::string without_our_name(std::string_view text, bool mentioned, Settings const& settings)
{
    std::string out(text);
    auto const id = settings.one("bot_mxid");
    for (auto at = id.empty() ? std::string::npos : out.find(id); at != std::string::npos; at = out.find(id, at))
        out.replace(at, id.size(), " ");
    if (mentioned && out == text)
        for (auto const name : {settings.one("display_name"), local_part(id)})
            if (auto const at = last_word(out, name); at != std::string::npos) {
                bool const with_sign = at > 0 && out[at - 1] == '@';
                out.replace(at - (with_sign ? 1 : 0), name.size() + (with_sign ? 1 : 0), " ");
                break;
            }
    while (!out.empty() && is_separator(out.back()))
        out.pop_back();
    return out;
}

bool mentions_us(json::value const& content, Settings const& settings)
{
    return std::ranges::any_of(items_at(content, {"m.mentions", "user_ids"}), [&](json::value const& one) {
        return one.is_string() && std::string_view(one.get_string().data(), one.get_string().size()) == settings.one("bot_mxid");
    });
}

// An invitation says whether the room is one of two; what is said there later does not.
std::string direct_note(std::string_view room)
{
    return std::string("direct:").append(room);
}

bool is_direct(std::string_view room, Settings const& settings)
{
    return std::ranges::find(settings.all("direct_rooms"), room) != settings.all("direct_rooms").end();
}

bool is_too_old(json::value const& event, std::int64_t now, Settings const& settings)
{
    auto const milliseconds = integer_at(event, {"origin_server_ts"});
    return !milliseconds || now - *milliseconds / 1000 > settings.number("max_age", 300);
}

void read_message(json::value const& event, std::int64_t now, Settings const& settings, std::vector<Incoming>& found)
{
    auto const* content = value_at(event, {"content"});
    auto const kind = content ? text_at(*content, {"msgtype"}) : std::string_view();
    auto const relation = content ? text_at(*content, {"m.relates_to", "rel_type"}) : std::string_view();
    if ((kind != "m.text" && kind != "m.emote") || relation == "m.replace" || relation == "m.annotation" || is_too_old(event, now, settings))
        return;
    auto const room = text_at(event, {"room_id"});
    auto const id = text_at(event, {"event_id"});
    auto text = without_quote(text_at(*content, {"body"}));
    bool const named = take_our_name(text, settings);
    if (room.empty() || id.empty())
        return;
    auto const thread = relation == "m.thread" ? text_at(*content, {"m.relates_to", "event_id"}) : std::string_view();
    Incoming incoming;
    bool const mentioned = mentions_us(*content, settings);
    incoming.question.text = tidy(without_our_name(text, mentioned && !named, settings));
    incoming.question.channel = matrix.name;
    incoming.question.conversation = conversation_of(matrix.name, {room, thread.empty() ? text_at(event, {"sender"}) : thread});
    if (incoming.question.text.empty() || incoming.question.text == "help" || incoming.question.text == "aide")
        incoming.wish = Incoming::Wish::help;
    incoming.id = id;
    incoming.user = text_at(event, {"sender"});
    incoming.by_call = true;
    if (!named && !mentioned && !is_direct(room, settings))
        incoming.only_if_noted = direct_note(room);
    incoming.where["room"] = room;
    incoming.where["event"] = id;
    incoming.where["root"] = thread.empty() ? id : thread;
    found.push_back(std::move(incoming));
}

// Whoever invites us is joined.
void read_membership(json::value const& event, Settings const& settings, std::vector<Incoming>& found)
{
    if (text_at(event, {"state_key"}) != settings.one("bot_mxid") || text_at(event, {"content", "membership"}) != "invite")
        return;
    auto const room = text_at(event, {"room_id"});
    auto const id = text_at(event, {"event_id"});
    if (room.empty() || id.empty())
        return;
    Incoming incoming;
    incoming.wish = Incoming::Wish::call;
    incoming.id = id;
    incoming.by_call = true;
    incoming.question.conversation = conversation_of(matrix.name, {room});
    incoming.where["join"] = room;
    if (flag_at(event, {"content", "is_direct"}))
        incoming.notes = direct_note(room);
    found.push_back(std::move(incoming));
}

Result<Parsed> parse_transaction(Delivery const& delivery, Settings const& settings)
{
    JsonFault fault{};
    auto const body = parse_strict(delivery.body, {}, event_json, &fault);
    if (!body && fault == JsonFault::not_taken)
        return Parsed(Ignore{body.error().message});
    if (!body)
        return body.error();
    std::vector<Incoming> found;
    for (auto const& event : items_at(*body, {"events"})) {
        if (text_at(event, {"sender"}) == settings.one("bot_mxid"))
            continue;
        if (auto const type = text_at(event, {"type"}); type == "m.room.message")
            read_message(event, delivery.now, settings, found);
        else if (type == "m.room.member")
            read_membership(event, settings, found);
    }
    if (found.empty())
        return Parsed(Ignore{});
    return Parsed(std::move(found));
}

Result<Parsed> parse_ping(Delivery const&, Settings const&)
{
    return Parsed(Handshake{{.body = "{}"}});
}

Parsed unknown_to_us()
{
    return Handshake{{.status = 404, .body = R"({"errcode":"M_NOT_FOUND","error":"not one of ours"})"}};
}

Result<Parsed> parse_user(Delivery const& delivery, Settings const& settings)
{
    auto const user = text::percent_decoded(delivery.part);
    return user && *user == settings.one("bot_mxid") ? Parsed(Handshake{{.body = "{}"}}) : unknown_to_us();
}

Result<Parsed> parse_alias(Delivery const&, Settings const&)
{
    return unknown_to_us();
}

void refuse(HttpAnswer& out, Refusal refusal, std::string_view)
{
    constexpr std::pair<Refusal, std::string_view> codes[] = {
        {Refusal::unauthentic, "M_FORBIDDEN"}, {Refusal::malformed, "M_NOT_JSON"}, {Refusal::too_large, "M_TOO_LARGE"},
        {Refusal::not_found, "M_UNRECOGNIZED"}, {Refusal::wrong_method, "M_UNRECOGNIZED"}, {Refusal::too_many, "M_LIMIT_EXCEEDED"}};
    std::string_view code = "M_UNKNOWN";
    for (auto const& [known, name] : codes)
        if (known == refusal)
            code = name;
    if (refusal == Refusal::unauthentic)
        out.status = 403;
    out.body = json::serialize(json::object{{"errcode", code}, {"error", "refused"}});
}

// ---- answers ----

std::string html_of(std::string_view text)
{
    std::string out;
    for (char const c : text)
        out += c == '\n' ? std::string("<br>") : std::string(1, c);
    return out;
}

json::object event_with(Incoming const& incoming, std::string_view plain, std::string_view html)
{
    auto const root = text_in(incoming.where, "root");
    auto const event = text_in(incoming.where, "event");
    return {{"msgtype", "m.notice"},
            {"body", plain},
            {"format", "org.matrix.custom.html"},
            {"formatted_body", html_of(html)},
            {"m.mentions", json::object()},
            {"m.relates_to",
             {{"rel_type", "m.thread"}, {"event_id", root}, {"is_falling_back", true}, {"m.in_reply_to", {{"event_id", event}}}}}};
}

// The id of our transaction follows from the event's, so that a call made twice says one thing once.
std::string transaction_of(std::string_view event, std::size_t number)
{
    return "immunobot-" + to_hex(sha256(event)).substr(0, 32) + "-" + std::to_string(number);
}

std::vector<Call> compose(Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    std::vector<Call> calls;
    if (auto const room = text_in(incoming.where, "join"); !room.empty()) {
        Call call;
        call.target = std::string(client_api) + "join/" + text::percent_encoded(room);
        call.body = "{}";
        calls.push_back(std::move(call));
        return calls;
    }
    // What is said in several parts is cut once, so that both forms of each say the same.
    std::vector<std::string> plain{answer_text(reply, Markup::plain, Suggestions::numbered)};
    auto const html = split(answer_text(reply, Markup::html, Suggestions::numbered), longest_body, Unit::bytes);
    if (html.size() > 1) {
        plain.clear();
        for (auto const& part : html)
            plain.push_back(without_html(part));
    }
    for (std::size_t i = 0; i < html.size(); ++i) {
        Call call;
        call.method = "PUT";
        call.target.append(client_api).append("rooms/").append(text::percent_encoded(text_in(incoming.where, "room")));
        call.target.append("/send/m.room.message/").append(transaction_of(text_in(incoming.where, "event"), i));
        call.body = json::serialize(event_with(incoming, plain[i], html[i]));
        calls.push_back(std::move(call));
    }
    return calls;
}

Address address(Call const& call, Settings const& settings, std::string_view)
{
    return {std::string(settings.one("homeserver")) + "/" + call.target, {{"Authorization", "Bearer " + std::string(settings.one("as_token"))}}};
}

// M_TOO_LARGE, M_BAD_JSON: the plain words are half of it and enough.
std::optional<std::string> plainer(Call const& call, int status, std::string_view)
{
    auto content = body_of(call);
    if ((status != 400 && status != 413) || content.erase("formatted_body") == 0)
        return std::nullopt;
    content.erase("format");
    return json::serialize(content);
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    std::string const stamp = std::to_string(now);
    std::string const bot(settings.one("bot_mxid"));
    json::object const event{{"type", "m.room.message"}, {"event_id", "$test" + stamp}, {"room_id", "!test:localhost"}, {"sender", "@test:localhost"},
                             {"origin_server_ts", now * 1000},
                             {"content", {{"msgtype", "m.text"}, {"body", question}, {"m.mentions", {{"user_ids", json::array{bot}}}}}}};
    Channel::Sample made{"/_matrix/app/v1/transactions/test" + stamp, "application/json", json::serialize(json::object{{"events", json::array{event}}}),
                         {{"Authorization", "Bearer " + std::string(settings.one("hs_token"))}}};
    made.method = Method::put;
    return made;
}

constexpr Setting settings[] = {
    {.name = "hs_token", .kind = Setting::Kind::secret, .required = true, .help = "hs_token of the registration file: the homeserver shows it to us"},
    {.name = "as_token", .kind = Setting::Kind::secret, .required = true, .help = "as_token of the registration file: we show it to the homeserver"},
    {.name = "bot_mxid", .required = true, .help = "our user, @immunobot:example.org: sender_localpart and the server's name"},
    {.name = "homeserver", .kind = Setting::Kind::address, .required = true, .help = "address of the homeserver, https://matrix.example.org"},
    {.name = "display_name", .help = "the name that people see, if it is not the user's"},
    {.name = "direct_rooms", .kind = Setting::Kind::list, .help = "ids of rooms in which everything is meant for the bot"},
    {.name = "max_age", .kind = Setting::Kind::number, .otherwise = "300", .help = "seconds after which an event is too old to be answered"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "matrix.transactions", .method = Method::put, .path = "/_matrix/app/v1/transactions/{id}", .body_limit = 8 * usual_body, .prove = prove,
     .parse = parse_transaction},
    {.name = "matrix.ping", .path = "/_matrix/app/v1/ping", .content = Content::any, .prove = prove, .parse = parse_ping},
    {.name = "matrix.users", .method = Method::get, .path = "/_matrix/app/v1/users/{id}", .content = Content::none, .prove = prove, .parse = parse_user},
    {.name = "matrix.rooms", .method = Method::get, .path = "/_matrix/app/v1/rooms/{id}", .content = Content::none, .prove = prove, .parse = parse_alias},
    {.name = "matrix.old_transactions", .method = Method::put, .path = "/transactions/{id}", .body_limit = 8 * usual_body, .prove = prove,
     .parse = parse_transaction},
    {.name = "matrix.old_users", .method = Method::get, .path = "/users/{id}", .content = Content::none, .prove = prove, .parse = parse_user},
    {.name = "matrix.old_rooms", .method = Method::get, .path = "/rooms/{id}", .content = Content::none, .prove = prove, .parse = parse_alias},
};

}  // namespace
}  // namespace immunobot::channels::matrix_protocol

namespace immunobot::channels {

constinit Channel const matrix{
    .name = "matrix",
    .title = "Matrix",
    .settings = matrix_protocol::settings,
    .routes = matrix_protocol::routes,
    .remember = std::chrono::hours(24 * 7),
    .area = "/_matrix/",
    .refuse = matrix_protocol::refuse,
    .compose = matrix_protocol::compose,
    .address = matrix_protocol::address,
    .plainer = matrix_protocol::plainer,
    .sample = matrix_protocol::sample,
};

}  // namespace immunobot::channels
