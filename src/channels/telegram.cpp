#include "channels/telegram.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/plain_form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"
#include "text/form_fields.hpp"
#include "text/utf8.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::telegram_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 4096;      // characters
constexpr std::size_t most_messages = 5;        // for one reply
constexpr std::size_t longest_data = 64;        // bytes behind a button
constexpr std::size_t longest_label = 64;       // characters; what telephones show of one
constexpr std::size_t longest_link = 2048;      // bytes; a button with a longer one could cost the whole message
constexpr std::size_t most_entities = 200;      // more than this many are not looked at

Proof prove(Delivery const& delivery, Settings const& settings)
{
    auto const token = single_header(delivery, "x-telegram-bot-api-secret-token");
    return proof(token && settings.holds("secret_token", *token));
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Names of bots are compared without regard to case; both with or without their '@'.
bool same_bot(std::string_view one, std::string_view other)
{
    for (auto* name : {&one, &other})
        if (name->starts_with('@'))
            name->remove_prefix(1);
    return !one.empty() && std::equal(one.begin(), one.end(), other.begin(), other.end(),
                                      [](char a, char b) { return lower(a) == lower(b); });
}

// The part of `text` that an entity marks. Its offset and length count UTF-16 units.
std::string_view marked(std::string_view text, json::value const& entity)
{
    auto const offset = integer_at(entity, {"offset"}).value_or(-1);
    auto const length = integer_at(entity, {"length"}).value_or(-1);
    auto const most = static_cast<std::int64_t>(longest_text);
    if (offset < 0 || offset > most || length <= 0 || length > most)
        return {};
    std::int64_t units = 0;
    std::size_t begin = text.size();
    std::size_t at = 0;
    while (at < text.size() && units < offset + length) {
        if (units == offset)
            begin = at;
        units += text::next_code_point(text, at) > 0xffff ? 2 : 1;
    }
    return begin < at ? text.substr(begin, at - begin) : std::string_view();
}

// What is asked, and whether we are meant.
struct Spoken {
    std::string text;
    bool ours = false;
    bool others = false;    // a command for another bot
    bool help = false;
    std::string command = {};   // "faq" of "/faq"
};

// "/faq@immunobot_bot hospitals": the command goes, "start" and "help" are a wish of their own.
void take_command(Spoken& spoken, std::string_view bot)
{
    if (!spoken.text.starts_with('/'))
        return;
    auto const end = std::min(spoken.text.find_first_of(" \n"), spoken.text.size());
    std::string_view const all = spoken.text;
    auto const command = all.substr(1, end - 1);
    auto const at = std::min(command.find('@'), command.size());
    auto const name = command.substr(0, at);
    spoken.ours = at < command.size() && same_bot(command.substr(at), bot);
    spoken.others = at < command.size() && !spoken.ours;
    spoken.help = name == "start" || name == "help";
    spoken.command = name;
    spoken.text.erase(0, end);
}

// "@immunobot_bot, where is ...": we are meant, and the name is no part of the question.
void take_mentions(Spoken& spoken, json::value const& message, Settings const& settings)
{
    auto const bot_id = settings.one("bot_id");
    auto const original = spoken.text;
    std::size_t looked_at = 0;
    for (auto const& entity : items_at(message, {"entities"})) {
        if (++looked_at > most_entities)
            break;
        auto const type = text_at(entity, {"type"});
        auto const part = marked(original, entity);
        auto const user = integer_at(entity, {"user", "id"});
        bool const by_name = type == "mention" && same_bot(part, settings.one("bot_username"));
        bool const by_id = type == "text_mention" && user && std::to_string(*user) == bot_id;
        if (part.empty() || (!by_name && !by_id))
            continue;
        spoken.ours = true;
        if (auto const at = spoken.text.find(part); at != std::string::npos)
            spoken.text.replace(at, part.size(), " ");
    }
}

bool answers_us(json::value const& message, Settings const& settings)
{
    auto const user = integer_at(message, {"reply_to_message", "from", "id"});
    return (user && std::to_string(*user) == settings.one("bot_id")) ||
           same_bot(text_at(message, {"reply_to_message", "from", "username"}), settings.one("bot_username"));
}

Spoken spoken_in(json::value const& message, Settings const& settings)
{
    Spoken spoken{std::string(text_at(message, {"text"}))};
    take_mentions(spoken, message, settings);
    bool const mentioned = spoken.ours || answers_us(message, settings);
    spoken.text = tidy(spoken.text);
    take_command(spoken, settings.one("bot_username"));
    spoken.ours = spoken.ours || mentioned;
    spoken.text = tidy(spoken.text);
    return spoken;
}

// The chat of a message, and what an answer to it has to name.
bool read_place(json::value const& message, Incoming& incoming)
{
    auto const chat = integer_at(message, {"chat", "id"});
    if (!chat)
        return false;
    incoming.where["chat"] = *chat;
    std::string thread;
    // Any answer to a message has a thread id, but only a topic can be sent to: elsewhere Telegram refuses the whole message.
    if (auto const id = integer_at(message, {"message_thread_id"}); id && flag_at(message, {"is_topic_message"})) {
        incoming.where["thread"] = *id;
        thread = std::to_string(*id);
    }
    incoming.question.channel = telegram.name;
    incoming.question.conversation = conversation_of(telegram.name, {std::to_string(*chat), thread});
    return true;
}

bool is_person(json::value const& sender)
{
    return integer_at(sender, {"id"}) && !flag_at(sender, {"is_bot"});
}

Parsed read_message(json::value const& message, std::string id, Settings const& settings)
{
    auto const* sender = value_at(message, {"from"});
    Incoming incoming;
    if (!sender || !is_person(*sender) || text_at(message, {"text"}).empty() || !read_place(message, incoming))
        return Ignore{};
    auto const spoken = spoken_in(message, settings);
    bool const alone = text_at(message, {"chat", "type"}) == "private";
    if (spoken.others || (!alone && !spoken.ours))
        return Ignore{};
    if (auto const reply_to = integer_at(message, {"message_id"}); reply_to && !alone)
        incoming.where["reply_to"] = *reply_to;
    incoming.id = std::move(id);
    incoming.question.text = spoken.text;
    incoming.question.hint = language_from_code(text_at(*sender, {"language_code"}));
    incoming.user = std::to_string(integer_at(*sender, {"id"}).value_or(0));
    incoming.slash = spoken.command;
    incoming.for_one = alone;
    if (spoken.help || spoken.text.empty())
        incoming.wish = Incoming::Wish::help;
    else if (spoken.command == "mi" || spoken.command == "faq")   // the commands of staff
        incoming.wish = Incoming::Wish::look_up;
    return one_message(std::move(incoming));
}

// A button was pressed. Old messages come without their text, but always with their chat.
Parsed read_button(json::value const& callback, std::string id, Settings const& settings)
{
    auto const* sender = value_at(callback, {"from"});
    auto const* message = value_at(callback, {"message"});
    auto const question = question_of_value(text_at(callback, {"data"}));
    Incoming incoming;
    if (!sender || !is_person(*sender) || !message || question.empty() || !read_place(*message, incoming))
        return Ignore{};
    incoming.id = std::move(id);
    incoming.question.text = question;
    incoming.question.hint = language_from_code(text_at(*sender, {"language_code"}));
    incoming.where["callback"] = text_at(callback, {"id"});
    incoming.by_call = settings.has("bot_token");
    return one_message(std::move(incoming));
}

Result<Parsed> parse(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    if (auto const object = object_of(*body); !object)
        return object.error();
    auto const number = integer_at(*body, {"update_id"});
    auto id = number ? std::to_string(*number) : std::string();
    // Edits, posts of channels, changes of members and whatever else is to come are none of our business.
    if (auto const* message = value_at(*body, {"message"}))
        return read_message(*message, std::move(id), settings);
    if (auto const* callback = value_at(*body, {"callback_query"}))
        return read_button(*callback, std::move(id), settings);
    return Parsed(Ignore{});
}

// Opens the list of chats of who presses it; in the chosen one the answer waits to be sent, behind the address of its source.
std::string share_link(assistant::Shareable const& share)
{
    auto const link = "https://t.me/share/url?url=" + text::percent_encoded(share.address) + "&text=" + text::percent_encoded(share.answer);
    return share.answer.empty() || share.address.empty() || link.size() > longest_link ? std::string() : link;
}

// A pressed button waits until it is answered by a call, which takes the bot's token.
Suggestions shown_as(Settings const& settings)
{
    return settings.has("bot_token") ? Suggestions::elsewhere : Suggestions::numbered;
}

json::array keyboard(Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    json::array rows;
    for (auto const& suggestion : reply.suggestions) {
        if (shown_as(settings) == Suggestions::numbered)
            break;
        auto const data = button_value(suggestion, longest_data);
        auto const label = shortened(suggestion.label, longest_label, Unit::characters);
        rows.push_back(json::array{json::object{{"text", label}, {"callback_data", data}}});
    }
    if (auto const link = incoming.for_one ? share_link(incoming.share) : std::string(); !link.empty())
        rows.push_back(json::array{json::object{{"text", reply.language == Language::fr ? "Partager" : "Share"}, {"url", link}}});
    return rows;
}

// The parameters of sendMessage.
json::object message_with(Incoming const& incoming, std::string_view text)
{
    json::object message{{"chat_id", incoming.where.at("chat")},
                         {"text", text},
                         {"parse_mode", "HTML"},
                         {"link_preview_options", {{"is_disabled", true}}}};
    if (auto const* thread = incoming.where.if_contains("thread"))
        message["message_thread_id"] = *thread;
    if (auto const* reply_to = incoming.where.if_contains("reply_to"))
        message["reply_parameters"] = {{"message_id", *reply_to}, {"allow_sending_without_reply", true}};
    return message;
}

// The messages that carry a reply: one, unless more can be sent by calls. The buttons hang on the last.
std::vector<json::object> messages_of(Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    std::vector<json::object> messages;
    auto const text = answer_text(reply, Markup::html, shown_as(settings));
    for (auto const& part : split(text, longest_text, Unit::characters, settings.has("bot_token") ? most_messages : 1))
        messages.push_back(message_with(incoming, part));
    if (messages.empty())
        messages.push_back(message_with(incoming, text));
    if (auto rows = keyboard(incoming, reply, settings); !rows.empty())
        messages.back()["reply_markup"] = {{"inline_keyboard", std::move(rows)}};
    return messages;
}

void render(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    auto message = messages_of(incoming, reply, settings).front();
    message["method"] = "sendMessage";
    out.body = json::serialize(message);
}

std::vector<Call> follow_up(Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    std::vector<Call> calls;
    auto const messages = messages_of(incoming, reply, settings);
    for (std::size_t i = 1; i < messages.size(); ++i)
        calls.push_back(Call{.target = "sendMessage", .body = json::serialize(messages[i]), .after = std::chrono::seconds(1)});
    return calls;
}

std::vector<Call> compose(Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    json::object const seen{{"callback_query_id", incoming.where.at("callback")}};
    std::vector<Call> calls{Call{.target = "answerCallbackQuery", .body = json::serialize(seen)}};
    for (auto const& message : messages_of(incoming, reply, settings))
        calls.push_back(Call{.target = "sendMessage", .body = json::serialize(message)});
    return calls;
}

Address address(Call const& call, Settings const& settings, std::string_view)
{
    std::string url(settings.one("api"));
    url.append("/bot").append(settings.one("bot_token")).append("/").append(call.target);
    return {.url = std::move(url)};
}

// A press that is too old cannot be answered any more, and nobody waits for that.
Outcome judge(Call const& call, int status, std::string_view)
{
    bool const too_old = call.target == "answerCallbackQuery" && status == 400;
    if ((status >= 200 && status < 300) || too_old)
        return Outcome::sent;
    return status == 408 || status == 429 || status >= 500 ? Outcome::later : Outcome::never;
}

// "can't parse entities", a button it does not like: the answer goes out all the same.
std::optional<std::string> plainer(Call const& call, int status, std::string_view)
{
    json::value message = body_of(call);
    if (status != 400 || text_at(message, {"parse_mode"}).empty())
        return std::nullopt;
    std::vector<std::string_view> labels;
    for (auto const& row : items_at(message, {"reply_markup", "inline_keyboard"}))
        for (auto const& button : row.is_array() ? std::span<json::value const>(row.get_array()) : std::span<json::value const>())
            if (!text_at(button, {"callback_data"}).empty())
                labels.push_back(text_at(button, {"text"}));
    auto const text = with_numbers(without_html(text_at(message, {"text"})), labels);
    auto& object = message.get_object();
    object["text"] = shortened(text, longest_text, Unit::characters);
    object.erase("parse_mode");
    object.erase("reply_markup");
    return json::serialize(message);
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    json::object const person{{"id", 1}, {"is_bot", false}, {"first_name", "Test"}};
    json::object const update{{"update_id", now},
                              {"message",
                               {{"message_id", 1},
                                {"date", now},
                                {"from", person},
                                {"chat", {{"id", 1}, {"type", "private"}}},
                                {"text", question}}}};
    return Channel::Sample{.target = "/webhooks/telegram",
                           .content_type = "application/json",
                           .body = json::serialize(update),
                           .fields = {{"X-Telegram-Bot-Api-Secret-Token", std::string(settings.one("secret_token"))}}};
}

constexpr Setting settings[] = {
    {.name = "secret_token", .kind = Setting::Kind::secret, .required = true,
     .help = "the secret_token given to setWebhook: 1 to 256 of A-Z a-z 0-9 _ -"},
    {.name = "bot_username", .help = "the bot's user name, so that it knows when a group speaks to it"},
    {.name = "bot_id", .help = "the number before the ':' of the bot's token, for replies to the bot in groups"},
    {.name = "bot_token", .kind = Setting::Kind::secret,
     .help = "the token from BotFather; without it suggestions are numbered instead of buttons, and what is longer than a message is cut"},
    {.name = "api", .kind = Setting::Kind::address, .otherwise = "https://api.telegram.org", .help = "address of the Bot API"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "telegram", .path = "/webhooks/telegram", .prove = prove, .parse = parse, .render = render},
};

}  // namespace
}  // namespace immunobot::channels::telegram_protocol

namespace immunobot::channels {

constinit Channel const telegram{
    .name = "telegram",
    .title = "Telegram",
    .settings = telegram_protocol::settings,
    .routes = telegram_protocol::routes,
    .remember = std::chrono::hours(24 * 7),   // updates are repeated until they expire, which takes a day
    .compose = telegram_protocol::compose,
    .follow_up = telegram_protocol::follow_up,
    .address = telegram_protocol::address,
    .judge = telegram_protocol::judge,
    .plainer = telegram_protocol::plainer,
    .sample = telegram_protocol::sample,
};

}  // namespace immunobot::channels
