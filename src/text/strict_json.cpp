#include "text/strict_json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace immunobot::text {
namespace {

namespace json = boost::json;

constexpr std::size_t no_limit = 0x7ffffffe;

// The keys of the objects that are still open, so that two of the same name are seen.
class OpenKeys {
public:
    void open() { firsts_.push_back(ends_.size()); }

    // False if two keys of the object have the same name. Sorted rather than compared each with each: an object may have many.
    bool close()
    {
        auto const first = firsts_.back();
        names_.clear();
        for (auto i = first; i < ends_.size(); ++i)
            names_.push_back(std::string_view(bytes_).substr(begin_of(i), ends_[i] - begin_of(i)));
        std::ranges::sort(names_);
        bool const all_differ = std::ranges::adjacent_find(names_) == names_.end();
        ends_.resize(first);
        bytes_.resize(begin_of(first));
        firsts_.pop_back();
        return all_differ;
    }

    void add_part(std::string_view part) { bytes_ += part; }

    // The key is complete.
    void finish() { ends_.push_back(bytes_.size()); }

    // Of the object that was opened last.
    std::size_t count() const { return ends_.size() - firsts_.back(); }
    // Of the key that is not complete yet.
    std::size_t bytes() const { return bytes_.size() - begin_of(ends_.size()); }

private:
    std::size_t begin_of(std::size_t key) const { return key == 0 ? 0 : ends_[key - 1]; }

    std::string bytes_;                      // all names, one behind the other
    std::vector<std::size_t> ends_;          // where each name ends
    std::vector<std::size_t> firsts_;        // per open object: its first name
    std::vector<std::string_view> names_;    // of the object that is being closed
};

// What Boost.JSON's parser calls; builds the value and refuses what the plain parser would let pass.
struct Handler {
    static constexpr std::size_t max_object_size = no_limit;
    static constexpr std::size_t max_array_size = no_limit;
    static constexpr std::size_t max_key_size = no_limit;
    static constexpr std::size_t max_string_size = no_limit;

    json::value_stack stack;
    OpenKeys keys;
    JsonLimits limits;
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
    bool on_object_end(std::size_t count, json::error_code& error)
    {
        if (!keys.close())
            return refuse("a key occurs twice in one object", error);
        stack.push_object(count);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t count, json::error_code&)
    {
        stack.push_array(count);
        return true;
    }
    bool add_to_key(json::string_view part, json::error_code& error)
    {
        keys.add_part({part.data(), part.size()});
        return keys.bytes() <= limits.key_bytes || refuse("a key is too long", error);
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code& error)
    {
        if (!add_to_key(part, error))
            return false;
        stack.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& error)
    {
        if (!add_to_key(part, error))
            return false;
        keys.finish();
        if (keys.count() > limits.keys)
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

Result<json::value> parse_strict(std::string_view text, json::storage_ptr memory, JsonLimits limits, JsonFault* fault, std::size_t* at)
{
    json::parse_options options;
    options.max_depth = limits.depth;
    json::basic_parser<Handler> parser(options);
    parser.handler().limits = limits;
    parser.handler().stack.reset(std::move(memory));
    json::error_code error;
    auto used = parser.write_some(false, text.data(), text.size(), error);
    if (!error && used < text.size())
        error = json::error::extra_data;
    if (error && fault)
        *fault = parser.handler().problem || error == json::error::too_deep ? JsonFault::not_taken : JsonFault::not_json;
    if (error && at)
        *at = used;
    if (error)
        return Error{Errc::bad_request, reason(parser.handler().problem, error, used, limits)};
    return parser.handler().stack.release();
}

}  // namespace immunobot::text
