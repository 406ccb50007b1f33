#include "server/link_check.hpp"

#include "fake_platform.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::server;

TEST_CASE("pages that are gone are told, each is asked for once", "[server]")
{
    FakePlatform platform([](FakePlatform::Request const& request) -> FakePlatform::Reaction {
        auto const& line = request.line;
        if (line.find("/gone") != std::string::npos)
            return {404, ""};
        if (line.find("/broken") != std::string::npos)
            return {503, ""};
        if (line.find("/no-head") != std::string::npos)
            return {line.starts_with("HEAD") ? 405 : 200, line.starts_with("HEAD") ? "" : std::string(60'000, 'x')};
        if (line.find("/private") != std::string::npos)
            return {401, ""};
        return {200, ""};
    });
    auto const at = [&](char const* path) { return platform.address() + path; };
    LinkCheckOptions options;
    options.pause = std::chrono::milliseconds(1);
    options.private_allowed = true;
    std::atomic<bool> stop{false};
    auto const report = check_links({at("/fine"), at("/gone"), at("/broken"), at("/no-head"), at("/private"), at("/fine"), "mailto:a@example.org"}, options, stop);
    CHECK(report.checked == 5);
    REQUIRE(report.dead.size() == 2);
    CHECK(report.dead[0].why == "503");
    CHECK(report.dead[1].url == at("/gone"));
    CHECK(report.dead[1].why == "404");
    int fine = 0;
    for (auto const& request : platform.requests())
        fine += request.line.find("/fine") != std::string::npos ? 1 : 0;
    CHECK(fine == 1);
}

TEST_CASE("links into a private network are not called, and the number of calls is limited", "[server]")
{
    FakePlatform platform;
    LinkCheckOptions options;
    options.pause = std::chrono::milliseconds(1);
    std::atomic<bool> stop{false};
    auto const report = check_links({platform.address() + "/a", "http://169.254.169.254/latest", "http://10.0.0.1/"}, options, stop);
    CHECK(report.dead.size() == 3);
    for (auto const& dead : report.dead)
        CHECK(dead.why == "private network");
    CHECK(platform.requests().empty());
    options.most = 1;
    options.private_allowed = true;
    auto const limited = check_links({platform.address() + "/a", platform.address() + "/b"}, options, stop);
    CHECK(limited.checked == 1);
    CHECK(limited.left == 1);
    stop = true;
    CHECK(check_links({platform.address() + "/a"}, options, stop).checked == 0);
}
