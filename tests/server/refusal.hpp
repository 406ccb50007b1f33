// What every refusal has to be: a problem document (RFC 9457) that tells nothing of the inside.
#pragma once

#include "client.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

namespace immunobot::server {

inline void check_problem(Answer const& answer)
{
    INFO(answer.raw);
    CHECK(answer.field("content-type") == "application/problem+json; charset=utf-8");
    auto const problem = boost::json::parse(answer.body).as_object();
    CHECK(problem.at("status").as_int64() == answer.status);
    CHECK(std::string(problem.at("type").as_string().c_str()).starts_with("urn:immunobot:problem:"));
    CHECK_FALSE(problem.at("title").as_string().empty());
    CHECK_FALSE(problem.at("detail").as_string().empty());
    for (auto const* leak : {"/home", "/var", ".db", "SQL", "std::", "Beast", "immunobot/", ".cpp", "exception"})
        CHECK(answer.body.find(leak) == std::string::npos);
}

}  // namespace immunobot::server
