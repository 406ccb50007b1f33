// Any bytes, in any pieces, into the request front: it must neither crash nor hang, and a request it lets
// through must keep the rules. Seeds: hostile_http.py --dump.
#include "server/head_rules.hpp"
#include "server/request_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

using namespace immunobot::server;

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

void check(Request const& request, Limits const& limits)
{
    demand(check_head(request) == Problem::none);
    demand(request.body.size() <= limits.body);
    demand(request.headers.size() <= limits.header_fields);
    demand(request.target.size() < limits.head);
    for (auto const& header : request.headers)
        demand(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
}

// False when the connection would end.
bool advance(RequestReader& reader, Limits const& limits)
{
    using State = RequestReader::State;
    while (true) {
        switch (reader.advance()) {
            case State::idle:
            case State::head:
            case State::body: return true;
            case State::refused: return false;
            case State::head_ready: reader.accept_body(); break;
            case State::ready:
                check(reader.request(), limits);
                reader.next();
                break;
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    Limits limits;
    limits.head = 512;
    limits.body = 1024;
    limits.header_fields = 20;
    if (size == 0)
        return 0;
    std::size_t const piece = std::size_t{data[0]} + 1;   // the first byte says how the rest is cut
    ReadSpaces spaces(limits);
    RequestReader reader(spaces);
    for (std::size_t at = 1; at < size;) {
        auto const room = reader.room();
        demand(!room.empty());
        auto const count = std::min({room.size(), size - at, piece});
        std::memcpy(room.data(), data + at, count);
        reader.received(count);
        at += count;
        if (!advance(reader, limits))
            break;
    }
    return 0;
}
