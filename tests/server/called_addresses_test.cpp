// Where calls may go: an address that comes with a message leads only to listed hosts, and never into a private network.
#include "fake_platform.hpp"
#include "outbox_file.hpp"
#include "slack_sender.hpp"

#include "server/public_address.hpp"
#include "server/web_call.hpp"
#include "server/web_address.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <ctime>

using namespace immunobot;
using namespace immunobot::server;

TEST_CASE("the address of an answer that came with a message leads only to listed hosts", "[server]")
{
    FakePlatform platform;
    FakePlatform other;
    TemporaryOutbox const file;
    auto options = slack_options("http://127.0.0.1:9");
    options.channels.at("slack").set("allowed_hosts", {"hooks.slack.com", platform.address()});
    Running running(options, file.open());
    auto const press = [&](std::string const& trigger, std::string const& url) {
        std::string const payload = R"({"type":"block_actions","trigger_id":")" + trigger + R"(","user":{"id":"U1"},"channel":{"id":"C1"},)" +
                                    R"("container":{"message_ts":"1.1"},"response_url":")" + url +
                                    R"(","actions":[{"action_id":"suggest_0","value":"ask:hello"}]})";
        std::string form = "payload=";
        for (unsigned char const c : payload) {
            char two[4];
            std::snprintf(two, sizeof two, "%%%02X", c);
            form += two;
        }
        return running.ask(signed_post("/webhooks/slack/interactive", form, "application/x-www-form-urlencoded")).status;
    };
    CHECK(press("t1", platform.address() + "/actions/1") == 200);
    CHECK(press("t2", other.address() + "/actions/1") == 200);
    CHECK(press("t3", "http://hooks.slack.com/actions") == 200);
    CHECK(press("t4", "https://hooks.slack.com@127.0.0.1/actions") == 200);
    REQUIRE(platform.waits_for(1));
    CHECK(becomes_empty(*running.services.box));
    CHECK(platform.requests().at(0).line == "POST /actions/1 HTTP/1.1");
    CHECK(platform.requests().at(0).fields.count("authorization") == 0);
    CHECK(other.requests().empty());
    CHECK(running.services.box->dead_letters(10).value().size() == 3);
}

namespace {

// The port of a listener on this machine in every way that some resolver or parser has been fooled with.
std::vector<std::string> roundabout_addresses(std::string const& port)
{
    std::vector<std::string> all;
    for (auto const* host : {"127.0.0.1", "localhost", "LOCALHOST", "127.0.0.1.", "localhost.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1",
                             "017700000001", "0177.0.0.1", "0177.1", "127.000.000.001", "0", "0.0.0.0", "127.8.8.8", "%31%32%37.0.0.1", "127%2e0.0.1", "127.0.0.1%00.hooks.slack.com",
                             "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[::1%lo]", "[::1%25lo]",
                             "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "hooks.slack.com@127.0.0.1", "hooks.slack.com:x@127.0.0.1", "@127.0.0.1", "hooks.slack.com%40127.0.0.1",
                             "hooks.slack.com\\@127.0.0.1", "hooks.slack.com&@127.0.0.1", "127.0.0.1\\.hooks.slack.com", "\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1",
                             "127\xe3\x80\x82" "0.0.1", "hooks.slack.com.localhost", "localhost,hooks.slack.com"})
        for (auto const* scheme : {"http", "https"})
            all.push_back(std::string(scheme) + "://" + host + ":" + port + "/actions/1");
    for (auto const* odd : {"//127.0.0.1:", "http:/127.0.0.1:", "http:127.0.0.1:", "http:\\\\127.0.0.1:", "HTTP://127.0.0.1:", " http://127.0.0.1:", "ws://127.0.0.1:", "ftp://127.0.0.1:",
                            "gopher://127.0.0.1:", "javascript://127.0.0.1:", "http://hooks.slack.com#@127.0.0.1:"})
        all.push_back(odd + port);
    all.push_back("http://127.0.0.1:" + port + "#@hooks.slack.com/");
    all.push_back("http://127.0.0.1:" + port + "?.hooks.slack.com");
    all.push_back("http://127.0.0.1:0" + port);
    all.push_back("file:///etc/passwd");
    return all;
}

}  // namespace

TEST_CASE("no form of an address of this machine is called when it comes with a message", "[server]")
{
    FakePlatform canary;
    FakePlatform listed([&](FakePlatform::Request const&) {
        return FakePlatform::Reaction{302, "", "Location: " + canary.address() + "/moved\r\n"};
    });
    TemporaryOutbox const file;
    auto options = slack_options("http://127.0.0.1:9");
    options.channels.at("slack").set("allowed_hosts", {"hooks.slack.com", "localhost", listed.address()});
    Running running(options, file.open());
    auto& outbox = *running.services.box;
    auto urls = roundabout_addresses(std::to_string(canary.port()));
    std::erase_if(urls, [](std::string const& url) { return url.find("://") == std::string::npos; });   // taken for names of Slack's own methods
    // A listed name is called at https alone, and not where it leads to this machine.
    urls.emplace_back("https://localhost/actions/1");
    urls.push_back(listed.address() + "/actions/1");
    auto const now = std::time(nullptr);
    std::size_t number = 0;
    for (auto const& url : urls) {
        auto const name = std::to_string(++number);
        knowledge::OutboxCall const call{0, name, "slack", name, "POST", url, "{}", now, now + 3600, 0};
        CHECK(outbox.accept({name, 3600, {}, {call}}).value());
    }
    CHECK(becomes_empty(outbox));
    CHECK(outbox.counts().value().dead == urls.size());
    CHECK(canary.connections() == 0);
    CHECK(listed.connections() == 1);   // and it was not followed
    std::size_t private_networks = 0;
    for (auto const& letter : outbox.dead_letters(500).value())
        private_networks += letter.why.find("private network") != std::string::npos;
    CHECK(private_networks == 1);
    // The same where only the address itself is looked at.
    for (auto const& url : roundabout_addresses(std::to_string(canary.port()))) {
        INFO(url);
        auto const read = parse_web_address(url);
        boost::system::error_code is_name;
        if (read)
            boost::asio::ip::make_address(read->host, is_name);
        if (is_name && read->host != "localhost")
            continue;   // would be asked for in the network
        WebCall call;
        call.url = url;
        CHECK_FALSE(call_and_wait(call).has_value());
    }
    CHECK(canary.connections() == 0);
}

TEST_CASE("addresses of calls are read strictly", "[server]")
{
    auto const good = parse_web_address("https://Hooks.Slack.com:443/a/b?c=d").value();
    CHECK(good.host == "hooks.slack.com");
    CHECK(good.target == "/a/b?c=d");
    CHECK(good.authority() == "hooks.slack.com");
    CHECK(parse_web_address("http://[::1]:8080").value().authority() == "[::1]:8080");
    for (auto const* bad : {"", "slack.com", "http", "https", "ftp://a", "https://", "https:///a", "https://a b", "https://user@a", "https://a:b@c", "https://a#b",
                            "https://a:0", "https://a:99999", "https://a:", "https://2130706433", "https://0x7f.1", "https://0177.0.0.1", "https://127.1",
                            "https://a.", "https://.a", "https://a..b", "https://[::1", "https://[::1%25lo]", "https://a\\b", "https://\xc3\xa9.org",
                            "javascript://a", "//a", "https://a\r\nb"})
        CHECK_FALSE(parse_web_address(bad));
    CHECK(joined("https://a/", "/b") == "https://a/b");
    CHECK(joined("https://a", "b") == "https://a/b");
}

TEST_CASE("only listed hosts at https are called", "[server]")
{
    std::vector<std::string> const allowed = {"hooks.slack.com", ".botframework.com", "http://127.0.0.1:8090"};
    struct Row { char const* url; bool listed; };
    for (auto const& row : {Row{"https://hooks.slack.com/a", true}, Row{"https://HOOKS.slack.com", true}, Row{"http://hooks.slack.com", false},
                            Row{"https://hooks.slack.com:8443", false}, Row{"https://evil.hooks.slack.com", false}, Row{"https://webchat.botframework.com/", true},
                            Row{"https://botframework.com", false}, Row{"https://xbotframework.com", false}, Row{"https://botframework.com.evil.test", false},
                            Row{"http://127.0.0.1:8090/x", true}, Row{"http://127.0.0.1:8091", false}, Row{"https://127.0.0.1:8090", false}}) {
        INFO(row.url);
        CHECK(is_listed(parse_web_address(row.url).value(), allowed) == row.listed);
    }
}

TEST_CASE("addresses of this machine and of private networks are not public", "[server]")
{
    using boost::asio::ip::make_address;
    for (auto const* one : {"8.8.8.8", "193.51.1.1", "2606:4700::1111", "::ffff:8.8.8.8"}) {
        INFO(one);
        CHECK(is_public(make_address(one)));
    }
    for (auto const* one : {"127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
                            "198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1",
                            "::ffff:10.0.0.1", "2001:db8::1", "2002:7f00:1::", "2001::1", "64:ff9b::7f00:1", "ff02::1"}) {
        INFO(one);
        CHECK_FALSE(is_public(make_address(one)));
    }
}
