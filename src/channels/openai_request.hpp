// A request of OpenAI's chat completions, read and checked. Pure; any thread.
#pragma once

#include "assistant/question.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace immunobot::channels::openai_api {

inline constexpr std::string_view model = "immunobot";

// Why a request is not answered, as this API tells it.
struct Refused {
    int status = 400;
    std::string_view type = "invalid_request_error";
    std::string_view code = {};    // empty: null
    std::string_view field = {};   // "param"; empty: null
    std::string message;
};

template <class T = void>
using Checked = boost::system::result<T, Refused>;

struct Request {
    assistant::Question question;
    bool streamed = false;
    bool usage_asked = false;      // a stream tells it only when asked
    std::size_t words = 0;         // of the messages that were read
};

// Whole bodies that are not ours to answer fail with what to say. `caller` parts the conversations of one client from those
// of others.
Checked<Request> read(std::string_view body, std::string_view caller);

// Tokens are for language models; what we can count honestly are words.
std::size_t count_words(std::string_view text);

}  // namespace immunobot::channels::openai_api
