#include "server/logging.hpp"

#include "channels/strict_json.hpp"
#include "text/utf8.hpp"

#include <spdlog/formatter.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <unistd.h>

namespace immunobot::server {
namespace {

// Time and level by spdlog's own pattern, the message by us.
class LineFormatter : public spdlog::formatter {
public:
    explicit LineFormatter(LogFormat format)
        : format_(format),
          prefix_(format == LogFormat::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",)"
                                            : "%Y-%m-%dT%H:%M:%S.%eZ %l ",
                  spdlog::pattern_time_type::utc, "")
    {
    }

    void format(spdlog::details::log_msg const& message, spdlog::memory_buf_t& out) override
    {
        prefix_.format(message, out);
        std::string_view const text(message.payload.data(), message.payload.size());
        auto const body = format_ == LogFormat::json ? json_members(text) + "}\n" : escaped_text(text) + "\n";
        out.append(body.data(), body.data() + body.size());
    }

    std::unique_ptr<formatter> clone() const override { return std::make_unique<LineFormatter>(format_); }

private:
    LogFormat format_;
    spdlog::pattern_formatter prefix_;
};

// Standard error, several lines a write when many come at once: a write for each would cost a quarter of
// the time that answering takes. A line waits at most a second; warnings and errors not at all.
class BufferedStandardError : public spdlog::sinks::base_sink<std::mutex> {
public:
    ~BufferedStandardError() override { flush_(); }

private:
    static constexpr std::size_t enough = 16 * 1024;
    static constexpr std::chrono::milliseconds soon{100};

    void sink_it_(spdlog::details::log_msg const& message) override
    {
        formatter_->format(message, lines_);
        if (lines_.size() >= enough || message.level >= spdlog::level::warn || message.time - written_ >= soon)
            flush_();
    }

    void flush_() override
    {
        for (std::size_t done = 0; done < lines_.size();) {
            auto const wrote = ::write(STDERR_FILENO, lines_.data() + done, lines_.size() - done);
            if (wrote <= 0)
                break;  // nobody reads the log: there is no place to complain
            done += static_cast<std::size_t>(wrote);
        }
        lines_.clear();
        written_ = spdlog::log_clock::now();
    }

    spdlog::memory_buf_t lines_;
    spdlog::log_clock::time_point written_{};
};

bool is_key(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool is_number(std::string_view text)
{
    return !text.empty() && text.size() < 16 && (text.size() == 1 || text[0] != '0') &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// False for whatever moves the cursor, hides itself or turns the direction of what follows.
bool is_harmless(char32_t code)
{
    return code >= 0x20 && !(code >= 0x7f && code < 0xa0) && !(code >= 0x200b && code <= 0x200f) &&
           !(code >= 0x2028 && code <= 0x202e) && !(code >= 0x2060 && code <= 0x206f) && code != 0xfeff;
}

void append_bytes(std::string& out, std::string_view bytes)
{
    static constexpr char hex[] = "0123456789abcdef";
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        out += "\\x";
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
}

// spdlog's thread for this must take no signal that is meant for the program, whenever it is started.
void flush_each_second()
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    spdlog::flush_every(std::chrono::seconds(1));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace

std::string escaped_text(std::string_view message)
{
    std::string out;
    out.reserve(message.size() + 8);
    for (std::size_t at = 0; at < message.size();) {
        auto const begin = at;
        auto const code = text::next_code_point(message, at);
        auto const bytes = message.substr(begin, at - begin);
        if (is_harmless(code) && text::is_valid_utf8(bytes))
            out += bytes;
        else
            append_bytes(out, bytes);
    }
    return out;
}

std::string json_members(std::string_view message)
{
    std::vector<std::pair<std::string_view, std::string_view>> pairs;
    auto rest = message;
    while (true) {
        auto const blank = rest.rfind(' ');
        auto const word = rest.substr(blank == std::string_view::npos ? 0 : blank + 1);
        auto const equals = word.find('=');
        if (blank == std::string_view::npos || equals == std::string_view::npos || !is_key(word.substr(0, equals)))
            break;
        pairs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
        rest = rest.substr(0, blank);
    }
    std::string out = "\"message\":";
    channels::append_quoted(out, escaped_text(rest));
    for (auto pair = pairs.rbegin(); pair != pairs.rend(); ++pair) {
        out.append(",\"").append(pair->first).append("\":");
        if (is_number(pair->second))
            out += pair->second;
        else
            channels::append_quoted(out, escaped_text(pair->second));
    }
    return out;
}

void set_up_logging(LogFormat format, std::string_view level)
{
    auto logger = std::make_shared<spdlog::logger>("immunobot", std::make_shared<BufferedStandardError>());
    logger->set_formatter(std::make_unique<LineFormatter>(format));
    logger->set_level(spdlog::level::from_str(std::string(level)));
    spdlog::set_default_logger(std::move(logger));
    flush_each_second();
}

void shut_down_logging()
{
    spdlog::shutdown();
}

}  // namespace immunobot::server
