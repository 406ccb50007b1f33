#include "channels/strict_json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include <cmath>
#include <utility>
#include <vector>

namespace immunobot::channels {
namespace {

namespace json = boost::json;

constexpr std::size_t most_keys_of_any = 1024;

// The keys of the objects that are still open, so that a second one of the same name is seen.
class OpenKeys {
public:
    void open() { firsts_.push_back(ends_.size()); }

    void close()
    {
        ends_.resize(firsts_.back());
        bytes_.resize(ends_.empty() ? 0 : ends_.back());
        firsts_.pop_back();
    }

    void add_part(std::string_view part) { bytes_ += part; }

    // The key is complete; false if its object has one of that name already.
    bool finish()
    {
        auto const begin = ends_.empty() ? 0 : ends_.back();
        std::string_view const all = bytes_;
        std::string_view const key = all.substr(begin);
        for (auto i = firsts_.back(); i < ends_.size(); ++i) {
            auto const from = i == 0 ? 0 : ends_[i - 1];
            if (all.substr(from, ends_[i] - from) == key)
                return false;
        }
        ends_.push_back(bytes_.size());
        return true;
    }

    std::size_t count() const { return ends_.size() - firsts_.back(); }

private:
    std::string bytes_;                 // all names, one behind the other
    std::vector<std::size_t> ends_;     // where each name ends
    std::vector<std::size_t> firsts_;   // per open object: its first name
};

// What Boost.JSON's parser calls; builds the value and refuses what the plain parser would let pass.
struct Handler {
    static constexpr std::size_t max_object_size = most_keys_of_any;
    static constexpr std::size_t max_array_size = 0x7ffffffe;
    static constexpr std::size_t max_key_size = 1024;
    static constexpr std::size_t max_string_size = 0x7ffffffe;

    json::value_stack stack;
    OpenKeys keys;
    std::size_t most_keys = 0;
    char const* problem = nullptr;

    bool refuse(char const* why, json::error_code& error)
    {
        problem = why;
        error = json::error::syntax;
        return false;
    }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&)
    {
        keys.open();
        return true;
    }
    bool on_object_end(std::size_t count, json::error_code&)
    {
        keys.close();
        stack.push_object(count);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t count, json::error_code&)
    {
        stack.push_array(count);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&)
    {
        keys.add_part({part.data(), part.size()});
        stack.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& error)
    {
        keys.add_part({part.data(), part.size()});
        if (!keys.finish())
            return refuse("a key occurs twice in one object", error);
        if (keys.count() > most_keys)
            return refuse("an object has too many keys", error);
        stack.push_key(part);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&)
    {
        stack.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code&)
    {
        stack.push_string(part);
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code&)
    {
        stack.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code&)
    {
        stack.push_uint64(number);
        return true;
    }
    bool on_double(double number, json::string_view, json::error_code& error)
    {
        if (!std::isfinite(number))
            return refuse("a number is too large", error);
        stack.push_double(number);
        return true;
    }
    bool on_bool(bool value, json::error_code&)
    {
        stack.push_bool(value);
        return true;
    }
    bool on_null(json::error_code&)
    {
        stack.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

std::string reason(char const* problem, json::error_code const& error, std::size_t at, JsonLimits limits)
{
    if (problem)
        return problem;
    if (error == json::error::too_deep)
        return "the JSON is nested more than " + std::to_string(limits.depth) + " levels deep";
    return "the body is not valid JSON (byte " + std::to_string(at) + ")";
}

}  // namespace

Result<json::value> parse_strict(std::string_view text, json::storage_ptr memory, JsonLimits limits)
{
    json::parse_options options;
    options.max_depth = limits.depth;
    json::basic_parser<Handler> parser(options);
    parser.handler().most_keys = limits.keys;
    parser.handler().stack.reset(std::move(memory));
    json::error_code error;
    auto used = parser.write_some(false, text.data(), text.size(), error);
    if (!error && used < text.size())
        error = json::error::extra_data;
    if (error)
        return Error{Errc::bad_request, reason(parser.handler().problem, error, used, limits)};
    return parser.handler().stack.release();
}

void append_quoted(std::string& out, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    std::size_t plain = 0;  // where the run of characters that need nothing began
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        bool const separator = byte == 0xe2 && text.size() - i > 2 && text[i + 1] == '\x80' &&
                               (text[i + 2] == '\xa8' || text[i + 2] == '\xa9');
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f && !separator)
            continue;
        out.append(text, plain, i - plain);
        if (byte == '"' || byte == '\\') {
            out += '\\';
            out += text[i];
        } else if (separator) {
            out += text[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else if (byte == '\n') {
            out += "\\n";
        } else {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
        plain = i + 1;
    }
    out.append(text, plain);
    out += '"';
}

}  // namespace immunobot::channels
