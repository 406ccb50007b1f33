#include "server/request_reader.hpp"

#include "server/head_rules.hpp"
#include "server/request_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <cstring>
#include <optional>

namespace immunobot::server {

namespace http = boost::beast::http;

namespace {

constexpr std::size_t body_room = 8 * 1024;      // for body bytes, beyond what a header and a trailer need
constexpr std::size_t shortest_chunked_end = std::string_view("0\r\n\r\n").size();
constexpr std::size_t spaces_kept = 64;
constexpr std::size_t body_memory_kept = 16 * 1024;
constexpr std::size_t most_wire_per_body = 8;    // chunk framing may cost that many times the body limit

}  // namespace

// data:  [ header of the current request | bytes not yet looked at | free ]
//        0                       head_size  begin               end    capacity
// Before the header is complete head_size is 0.
struct ReadSpace {
    std::unique_ptr<char[]> data;
    std::size_t capacity = 0;
    std::size_t head_size = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t searched = 0;     // bytes from begin without an end of header
    std::size_t wire_bytes = 0;   // of the body, with its framing
    std::size_t most_body = 0;
    std::size_t reserve = 0;      // so much is free behind a header once it is in use
    Request request;
    std::optional<RequestParser> parser;

    std::string_view unread() const { return {data.get() + begin, end - begin}; }

    // Moves what is unread to the front, behind the header that is in use, unless `wanted` bytes are free.
    void move_down(std::size_t wanted)
    {
        if (begin == head_size || capacity - end >= wanted)
            return;
        std::memmove(data.get() + head_size, data.get() + begin, end - begin);
        end -= begin - head_size;
        begin = head_size;
    }

    void forget_request()
    {
        parser.reset();
        head_size = searched = wire_bytes = 0;
        request.headers.clear();
        request.known = {};
        request.body.clear();
        if (request.body.capacity() > body_memory_kept)
            request.body.shrink_to_fit();
    }
};

ReadSpaces::ReadSpaces(Limits const& limits) : limits_(limits) {}
ReadSpaces::~ReadSpaces() = default;

std::unique_ptr<ReadSpace> ReadSpaces::take()
{
    if (!free_.empty()) {
        auto space = std::move(free_.back());
        free_.pop_back();
        return space;
    }
    auto space = std::make_unique<ReadSpace>();
    space->reserve = limits_.head + body_room;
    space->capacity = limits_.head + space->reserve;
    space->data = std::make_unique_for_overwrite<char[]>(space->capacity);
    return space;
}

void ReadSpaces::give_back(std::unique_ptr<ReadSpace> space)
{
    if (free_.size() >= spaces_kept)
        return;
    space->forget_request();
    space->begin = space->end = 0;
    free_.push_back(std::move(space));
}

RequestReader::RequestReader(ReadSpaces& spaces) : spaces_(spaces) {}

RequestReader::~RequestReader()
{
    if (space_)
        spaces_.give_back(std::move(space_));
}

std::span<char> RequestReader::room()
{
    if (!space_)
        space_ = spaces_.take();
    space_->move_down(body_room);
    return {space_->data.get() + space_->end, space_->capacity - space_->end};
}

void RequestReader::received(std::size_t bytes)
{
    space_->end += bytes;
}

Request& RequestReader::request()
{
    return space_->request;
}

RequestReader::State RequestReader::refuse(Problem why)
{
    refusal_ = why;
    return state_ = State::refused;
}

RequestReader::State RequestReader::advance()
{
    if (state_ == State::idle || state_ == State::head)
        return find_head();
    if (state_ == State::body)
        return parse_body();
    return state_;
}

RequestReader::State RequestReader::find_head()
{
    if (!space_)
        return state_ = State::idle;
    auto& space = *space_;
    // Empty lines before a request line are ignored (RFC 9112, 2.2).
    while (space.searched == 0 && space.unread().starts_with("\r\n"))
        space.begin += 2;
    auto const unread = space.unread();
    if (unread.empty()) {
        spaces_.give_back(std::move(space_));
        return state_ = State::idle;
    }
    auto const limit = spaces_.limits().head;
    auto const stop = unread.find("\r\n\r\n", space.searched);
    auto const size = stop == std::string_view::npos ? unread.size() : stop + 4;
    if (size > limit || (stop == std::string_view::npos && size >= limit))
        return refuse(unread.substr(0, limit).find("\r\n") == std::string_view::npos ? Problem::uri_too_long
                                                                                     : Problem::header_too_large);
    if (stop == std::string_view::npos) {
        space.searched = size < 3 ? 0 : size - 3;
        return state_ = State::head;
    }
    return parse_head(size);
}

RequestReader::State RequestReader::parse_head(std::size_t size)
{
    auto& space = *space_;
    // From here on the header stays where it is.
    if (space.capacity - space.begin - size < space.reserve)
        space.move_down(space.capacity);
    std::string_view const head(space.data.get() + space.begin, size);
    space.parser.emplace(space.request, head, spaces_.limits());
    auto& parser = *space.parser;
    boost::beast::error_code error;
    auto const used = parser.put(boost::asio::const_buffer(head.data(), head.size()), error);
    if (error == http::error::header_limit)
        return refuse(Problem::header_too_large);
    if (error || used != size || !parser.is_header_done())
        return refuse(Problem::bad_request);
    space.head_size = space.begin + size;
    space.begin = space.head_size;
    auto& request = space.request;
    request.keep_alive = request.version == 11 && parser.keep_alive();
    request.has_body = !parser.is_done();
    if (auto const problem = check_head(request); problem != Problem::none)
        return refuse(problem);
    if (request.header(Known::content_length).count == 1 && parser.content_length().value_or(0) > spaces_.limits().largest_body)
        return refuse(Problem::payload_too_large);
    return state_ = State::head_ready;
}

void RequestReader::accept_body(std::size_t most)
{
    space_->most_body = most;
    space_->parser->limit_body(most);
    state_ = space_->parser->is_done() ? State::ready : State::body;
    space_->parser->eager(true);
}

bool RequestReader::body_has_begun() const
{
    return space_->parser->is_done() || space_->begin < space_->end;
}

RequestReader::State RequestReader::parse_body()
{
    auto& space = *space_;
    auto const unread = space.unread();
    // Beast 1.81 asserts five bytes when it looks again at the last chunk; any chunked body still to come has them.
    bool const chunked = space.request.header(Known::transfer_encoding).count > 0;
    if (unread.size() < (chunked ? shortest_chunked_end : 1))
        return state_;
    boost::beast::error_code error;
    auto const used = space.parser->put(boost::asio::const_buffer(unread.data(), unread.size()), error);
    space.begin += used;
    space.wire_bytes += used;
    if (error == http::error::body_limit || space.wire_bytes > most_wire_per_body * space.most_body)
        return refuse(Problem::payload_too_large);
    if (error == http::error::header_limit)
        return refuse(Problem::header_too_large);
    if (error && error != http::error::need_more)
        return refuse(Problem::bad_framing);
    if (space.parser->is_done())
        return state_ = State::ready;
    // Only a chunk's size line or the trailer can be left over; they have the header's limit.
    if (space.end - space.begin >= spaces_.limits().head)
        return refuse(Problem::header_too_large);
    return state_;
}

void RequestReader::next()
{
    space_->forget_request();
    state_ = State::idle;
    if (space_->begin == space_->end)
        spaces_.give_back(std::move(space_));
}

}  // namespace immunobot::server
