#include "server/gzip.hpp"

#include <zlib.h>

#include <new>
#include <stdexcept>

namespace immunobot::server {

std::string gzip(std::string_view bytes)
{
    constexpr int window_of_gzip = 15 + 16;
    constexpr int usual_memory = 8;
    constexpr int level = 6;
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, window_of_gzip, usual_memory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    // zlib does not write to its input, but its type does not say so.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    int const ended = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (ended != Z_STREAM_END)
        throw std::runtime_error("zlib could not compress");
    return out;
}

}  // namespace immunobot::server
