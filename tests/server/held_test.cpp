// Deliveries whose response waits until what they brought is durable.
#include "outbox_file.hpp"
#include "running.hpp"
#include "slack_sender.hpp"

#include "knowledge/file_lock.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <thread>
#include <vector>

using namespace immunobot;
using namespace immunobot::server;
using std::chrono::milliseconds;

namespace {

// Keeps everybody from writing while it lives, as another program that uses the database does.
class OtherWriter {
public:
    explicit OtherWriter(TemporaryOutbox const& file) : lock_(knowledge::FileLock::open(file.path.string()).value())
    {
        writing_.emplace(knowledge::WritingLock::take(lock_).value());
    }
    void go() { writing_.reset(); }

private:
    knowledge::FileLock lock_;
    std::optional<knowledge::WritingLock> writing_;
};

// One thread, and nobody calls: what is accepted stays in the outbox.
ServerOptions one_thread()
{
    auto options = slack_options("http://127.0.0.1:9");
    options.threads = 1;
    options.deliver = false;
    return options;
}

std::size_t waiting_in(TemporaryOutbox const& file)
{
    return file.open()->waiting();
}

// Sends a delivery that cannot be written yet; it was read when another request is answered.
void send_and_be_read(Running const& running, Client& client)
{
    REQUIRE(client.send(message("1.1", "hello")));
    CHECK(running.ask(get("/healthz")).status == 200);
}

}  // namespace

TEST_CASE("while a delivery waits for the disk it is not acknowledged, and others are served", "[server]")
{
    TemporaryOutbox const file;
    Running const running(one_thread(), file.open());
    OtherWriter other(file);
    Client client(running.port());
    send_and_be_read(running, client);
    CHECK(client.receive(milliseconds(50)).status == 0);
    Client second(running.port());   // the same once more, on another connection
    REQUIRE(second.send(message("1.1", "hello")));
    CHECK(running.ask(get("/healthz")).status == 200);
    CHECK(second.receive(milliseconds(50)).status == 0);
    other.go();
    auto answer = client.receive();
    CHECK(second.receive().status == answer.status);
    if (answer.status == 503)   // on a machine that is busy for seconds; the platform sends it again
        answer = client.ask(message("1.1", "hello"));
    CHECK(answer.status == 200);
    CHECK(answer.body.empty());
    CHECK(client.ask(message("1.1", "hello")).status == 200);
    CHECK(client.ask(message("1.2", "hello")).status == 200);
    CHECK(running.services.box->waiting() == 2);
}

TEST_CASE("a delivery that cannot be made durable is refused, and taken when it comes again", "[server]")
{
    TemporaryOutbox const file;
    Running const running(one_thread(), file.open());
    Client client(running.port());
    {
        OtherWriter const other(file);
        auto const answer = client.ask(message("1.1", "hello"));   // the wait for the other writer has an end
        CHECK(answer.status == 503);
        CHECK(answer.field("retry-after") == "2");
    }
    CHECK(running.services.box->waiting() == 0);
    CHECK(client.ask(message("1.1", "hello")).status == 200);
    CHECK(running.services.box->waiting() == 1);
}

TEST_CASE("a delivery that waits for the disk is answered before the server stops", "[server]")
{
    TemporaryOutbox const file;
    int status = 0;
    {
        Running const running(one_thread(), file.open());
        OtherWriter other(file);
        Client client(running.port());
        send_and_be_read(running, client);
        std::thread stopping([&] { running.server->stop(); });
        other.go();
        auto const answer = client.receive();
        stopping.join();
        status = answer.status;
        CHECK(answer.field("connection") == "close");
    }
    CHECK(waiting_in(file) == (status == 200 ? 1 : 0));
    CHECK((status == 200 || status == 503));
}

TEST_CASE("who hangs up while a delivery waits for the disk may send it again", "[server]")
{
    TemporaryOutbox const file;
    Running const running(one_thread(), file.open());
    {
        OtherWriter other(file);
        {
            Client client(running.port());
            send_and_be_read(running, client);
        }
        other.go();
    }
    running.services.box->settle();
    int status = 503;   // until the thread has heard of it
    for (int i = 0; i < 500 && status != 200; ++i) {
        status = running.ask(message("1.1", "hello")).status;
        std::this_thread::sleep_for(milliseconds(10));
    }
    CHECK(status == 200);
    CHECK(running.services.box->waiting() == 1);
}

TEST_CASE("requests that were sent behind a delivery are answered behind it", "[server]")
{
    TemporaryOutbox const file;
    Running const running(one_thread(), file.open());
    Client client(running.port());
    std::string all;
    for (auto const* number : {"1", "2", "3"})
        all += message(std::string("1.") + number, "hello") + get("/healthz");
    REQUIRE(client.send(all));
    for (int i = 0; i < 3; ++i) {
        auto const first = client.receive();
        CHECK(first.status == 200);
        CHECK(first.body.empty());
        CHECK(client.receive().body.find("status") != std::string::npos);
    }
    CHECK(running.services.box->waiting() == 3);
}

TEST_CASE("the same delivery ten times at once is answered once, and acknowledged ten times", "[server]")
{
    TemporaryOutbox const file;
    auto options = one_thread();
    options.threads = 4;
    auto const telegram = *channels::channel_named("telegram");
    auto settings = channels::Settings::read(telegram.settings, [](channels::Setting const&) { return std::string(); });
    settings.set("secret_token", {"tg"});
    options.channels.insert_or_assign("telegram", settings);
    Running const running(options, file.open());
    auto const at_once = [&](std::string const& request, std::string const& silence) {
        std::vector<Answer> answers(10);
        std::vector<std::thread> senders;
        for (auto& answer : answers)
            senders.emplace_back([&] { answer = running.ask(request); });
        for (auto& sender : senders)
            sender.join();
        int answered = 0;
        for (auto const& answer : answers) {
            CHECK(answer.status == 200);
            answered += answer.body != silence;
        }
        return answered;
    };
    CHECK(at_once(message("1.1", "slow"), "") == 0);
    CHECK(running.services.questions == 1);
    CHECK(running.services.box->waiting() == 1);
    auto const update = post("/webhooks/telegram", R"({"update_id":9,"message":{"message_id":5,"from":{"id":1,"is_bot":false},"chat":{"id":1,"type":"private"},"text":"slow"}})",
                             "X-Telegram-Bot-Api-Secret-Token: tg\r\n");
    CHECK(at_once(update, "{}") == 1);
    CHECK(running.services.questions == 2);
}

namespace {

// Platforms that are answered in the response and send again what was not answered.
struct Repeater {
    char const* channel;
    char const* secret;    // the setting
    std::string request;   // a question that takes a while
    char const* silence;
};

std::vector<Repeater> repeaters()
{
    return {{"telegram", "secret_token",
             post("/webhooks/telegram", R"({"update_id":9,"message":{"message_id":5,"from":{"id":1,"is_bot":false},"chat":{"id":1,"type":"private"},"text":"slow"}})",
                  "X-Telegram-Bot-Api-Secret-Token: tg\r\n"),
             "{}"},
            {"rocketchat", "token",
             post("/webhooks/rocketchat", R"({"token":"tg","message_id":"m1","channel_id":"c","user_id":"u","user_name":"paul","text":"slow"})"), "{}"},
            {"zulip", "token",
             post("/webhooks/zulip", R"({"token":"tg","bot_email":"b@e","bot_full_name":"b","data":"slow","trigger":"direct_message","message":{"id":7,"type":"private","sender_id":1,"sender_email":"a@e"}})"),
             R"({"response_not_required":true})"}};
}

ServerOptions options_of(Repeater const& platform)
{
    auto options = one_thread();
    auto settings = channels::Settings::read(channels::channel_named(platform.channel)->settings, [](channels::Setting const&) { return std::string(); });
    settings.set(platform.secret, {"tg"});
    options.channels.insert_or_assign(platform.channel, settings);
    return options;
}

void ask_and_hang_up(Running const& running, std::string const& request)
{
    Client client(running.port());
    REQUIRE(client.send(request));   // whose answer takes longer than it takes to go
}

}  // namespace

TEST_CASE("who hangs up before the answer has come gets it when they ask again", "[server]")
{
    for (auto const& platform : repeaters()) {
        INFO(platform.channel);
        TemporaryOutbox const file;
        auto const options = options_of(platform);
        {
            Running const running(options, file.open());
            ask_and_hang_up(running, platform.request);
            auto const answer = running.ask(platform.request);
            INFO(answer.raw);
            CHECK(answer.body.find("I have no fact about that.") != std::string::npos);
            CHECK(answer.body.find("automatic assistant") != std::string::npos);   // the notice of the first answer is still to come
            CHECK(running.ask(platform.request).body == platform.silence);
            CHECK(running.services.questions == 2);
        }
        Running const again(options, file.open());
        CHECK(again.ask(platform.request).body == platform.silence);
        CHECK(again.services.questions == 0);
    }
}

TEST_CASE("a restart before the answer was written does not swallow it", "[server]")
{
    for (auto const& platform : repeaters()) {
        INFO(platform.channel);
        TemporaryOutbox const file;
        auto const options = options_of(platform);
        {
            Running const running(options, file.open());
            ask_and_hang_up(running, platform.request);
        }
        Running const again(options, file.open());
        CHECK(again.ask(platform.request).body.find("I have no fact about that.") != std::string::npos);
        CHECK(again.ask(platform.request).body == platform.silence);
    }
}

TEST_CASE("an answer in the response does not wait for the disk", "[server]")
{
    for (auto const& platform : repeaters()) {
        INFO(platform.channel);
        TemporaryOutbox const file;
        Running const running(options_of(platform), file.open());
        OtherWriter other(file);
        Client client(running.port());
        REQUIRE(client.send(platform.request));
        CHECK(client.receive(milliseconds(1500)).body.find("I have no fact about that.") != std::string::npos);
        CHECK(client.ask(platform.request).body == platform.silence);
        other.go();
        running.services.box->settle();
    }
}

namespace {

// As many messages as `count`, each of another person.
std::string messenger_delivery(int count)
{
    std::string events;
    for (int i = 1; i <= count; ++i) {
        auto const number = std::to_string(i);
        events += R"({"sender":{"id":"s)" + number + R"("},"recipient":{"id":"9"},"message":{"mid":"m)" + number + R"(","text":"hello"}})" + (i < count ? "," : "");
    }
    return R"({"object":"page","entry":[{"id":"9","messaging":[)" + events + "]}]}";
}

std::string whatsapp_delivery(int count)
{
    std::string messages;
    for (int i = 1; i <= count; ++i) {
        auto const number = std::to_string(i);
        messages += R"({"from":"s)" + number + R"(","id":"w)" + number + R"(","type":"text","text":{"body":"hello"}})" + (i < count ? "," : "");
    }
    return R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"9"},"messages":[)" + messages + "]}}]}]}";
}

}  // namespace

TEST_CASE("every message of a large delivery is answered, of a very large one when it comes again", "[server]")
{
    struct Row { char const* channel; std::string (*delivery)(int); };
    for (auto const& row : {Row{"messenger", messenger_delivery}, Row{"whatsapp", whatsapp_delivery}}) {
        INFO(row.channel);
        auto options = one_thread();
        auto settings = channels::Settings::read(channels::channel_named(row.channel)->settings, [](channels::Setting const&) { return std::string("9"); });
        settings.set("app_secret", {"s3cret"});
        options.channels.insert_or_assign(row.channel, settings);
        TemporaryOutbox const file;
        Running const running(options, file.open());
        auto const deliver = [&](int count) {
            auto const body = row.delivery(count);
            auto const mac = channels::to_hex(channels::hmac_sha256("s3cret", body));
            return running.ask(post(std::string("/webhooks/") + row.channel, body, "X-Hub-Signature-256: sha256=" + mac + "\r\n")).status;
        };
        CHECK(deliver(150) == 200);
        CHECK(running.services.box->waiting() == 150);
        int status = 503;
        int times = 0;
        for (; status == 503 && times < 5; ++times)
            status = deliver(2200);
        CHECK(status == 200);
        CHECK(times > 1);   // in parts
        CHECK(running.services.box->waiting() == 2200);
        CHECK(running.services.questions == 2200);
    }
}

TEST_CASE("a message beside an event of an odd shape is answered, and no such event stops a homeserver", "[server]")
{
    auto options = one_thread();
    auto settings = channels::Settings::read(channels::channel_named("matrix")->settings, [](channels::Setting const&) { return std::string("made-up"); });
    settings.set("hs_token", {"hs"});
    settings.set("max_age", {"300"});
    options.channels.insert_or_assign("matrix", settings);
    TemporaryOutbox const file;
    Running const running(options, file.open());
    std::string keys = "{\"0\":0";
    for (int i = 1; i < 300; ++i)
        keys += ",\"" + std::to_string(i) + "\":0";
    int number = 0;
    auto const deliver = [&](std::string const& content) {
        auto const id = std::to_string(++number);
        auto const body = R"({"events":[{"type":"m.odd","event_id":"$odd","sender":"@a:e","room_id":"!r:e","content":)" + content +
                          R"(},{"type":"m.room.message","event_id":"$)" + id + R"(","sender":"@a:e","room_id":"!r:e","origin_server_ts":)" + std::to_string(std::time(nullptr)) +
                          R"(000,"content":{"msgtype":"m.text","body":"made-up: hello"}}]})";
        auto request = post("/_matrix/app/v1/transactions/" + id, body, "Authorization: Bearer hs\r\n");
        return running.ask(request.replace(0, 4, "PUT")).status;
    };
    CHECK(deliver(keys + "}") == 200);
    CHECK(deliver(std::string(200, '[') + std::string(200, ']')) == 200);
    CHECK(running.services.box->waiting() == 2);
    CHECK(deliver(std::string(5000, '[') + std::string(5000, ']')) == 200);   // beyond what is read
    CHECK(running.services.box->waiting() == 2);
    CHECK(deliver("{") == 400);
    CHECK(deliver("{}") == 200);
    CHECK(running.services.box->waiting() == 3);
}

TEST_CASE("a message that stands in a delivery twice is answered once", "[server]")
{
    auto options = one_thread();
    auto settings = channels::Settings::read(channels::channel_named("messenger")->settings, [](channels::Setting const&) { return std::string(); });
    settings.set("app_secret", {"s3cret"});
    settings.set("verify_token", {"t"});
    settings.set("access_token", {"t"});
    settings.set("page_id", {"9"});
    options.channels.insert_or_assign("messenger", settings);
    TemporaryOutbox const file;
    Running const running(options, file.open());
    std::string const one = R"({"sender":{"id":"1"},"recipient":{"id":"9"},"message":{"mid":"m1","text":"hello"}})";
    std::string const body = R"({"object":"page","entry":[{"id":"9","messaging":[)" + one + "," + one + "]}]}";
    auto const mac = channels::to_hex(channels::hmac_sha256("s3cret", body));
    auto const answer = running.ask(post("/webhooks/messenger", body, "X-Hub-Signature-256: sha256=" + mac + "\r\n"));
    CHECK(answer.status == 200);
    CHECK(running.services.box->waiting() == 1);
    CHECK(running.services.questions == 1);
}
