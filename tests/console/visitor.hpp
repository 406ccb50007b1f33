// Somebody with a browser without scripts: keeps cookies, sends forms with what stands in them.
#pragma once

#include "console/console.hpp"
#include "desk_world.hpp"
#include "text/form_fields.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace immunobot::console::tests {

using Fields = std::vector<std::pair<std::string, std::string>>;

inline bool has(Response const& page, std::string_view text)
{
    return page.body.find(text) != std::string::npos;
}

class Browser {
public:
    explicit Browser(staff::Desk& desk) : console_(desk) {}

    Response get(std::string const& target)
    {
        Request request = blank(target);
        return keep(console_.answer(request));
    }

    Response post(std::string const& target, Fields const& fields)
    {
        Request request = blank(target);
        request.post = true;
        request.origin = "http://desk.test";
        request.fetch_site = "same-origin";
        for (auto const& [name, value] : fields)
            request.body += (request.body.empty() ? "" : "&") + text::percent_encoded(name) + '=' + text::percent_encoded(value);
        return keep(console_.answer(request));
    }

    // With the token of the last page that had one.
    Response send(std::string const& target, Fields fields)
    {
        fields.emplace_back("token", token_);
        return post(target, fields);
    }

    Response raw(Request const& request) { return console_.answer(request); }

    Request blank(std::string const& target)
    {
        Request request;
        auto const at = std::min(target.find('?'), target.size());
        request.path = target.substr(0, at);
        request.query = target.substr(std::min(at + 1, target.size()));
        request.host = "desk.test";
        request.cookies = cookies();
        request.address = "192.0.2.1";
        return request;
    }

    void sign_in(std::string const& email, std::string const& password)
    {
        auto const answer = post("/console/sign-in", {{"email", email}, {"password", password}});
        REQUIRE(answer.status == 303);
        get("/console");
    }

    std::string const& token() const { return token_; }
    std::string cookies() const
    {
        std::string all;
        for (auto const& [name, value] : cookies_)
            all += (all.empty() ? "" : "; ") + name + '=' + value;
        return all;
    }

private:
    Response keep(Response response)
    {
        for (auto const& cookie : response.cookies) {
            auto const equals = cookie.find('=');
            cookies_[cookie.substr(0, equals)] = cookie.substr(equals + 1, cookie.find(';') - equals - 1);
        }
        std::smatch found;
        if (std::regex_search(response.body, found, std::regex("name=\"token\" value=\"([^\"]+)\"")))
            token_ = found[1];
        return response;
    }

    Console console_;
    std::map<std::string, std::string> cookies_;
    std::string token_;
};

// A desk with one account for each role, whose names are their addresses: viewer@example.org and so on.
struct Office : staff::tests::World {
    Office()
    {
        auto const hash = staff::hash_password(password).value();  // one for all: it is dear
        for (auto const role : staff::all_roles()) {
            std::string const email = std::string(staff::name(role)) + "@example.org";
            knowledge::Account account{0, email, email, std::string(staff::name(role)), {}, false, now, 0};
            desk->store.with([&](auto& store) {
                REQUIRE(store.invite(account, {}, 0, {"test", "test", "invite"}));
                REQUIRE(store.set_password(store.account(email).value()->id, hash));
            });
        }
    }
    static constexpr char const* password = "correct horse battery";
};

inline std::string hidden(std::string const& page, std::string const& name)
{
    std::smatch found;
    return std::regex_search(page, found, std::regex("name=\"" + name + "\" value=\"([^\"]*)\"")) ? found[1].str() : std::string();
}

inline std::size_t count(std::string const& body, std::string_view text)
{
    std::size_t n = 0;
    for (auto at = body.find(text); at != std::string::npos; at = body.find(text, at + 1))
        ++n;
    return n;
}

// How often `part` stands in a text.
inline std::size_t count_of(std::string const& text, std::string const& part)
{
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

}  // namespace immunobot::console::tests
