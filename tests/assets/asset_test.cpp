#include "assets/asset.hpp"

#include <catch2/catch.hpp>
#include <openssl/evp.h>
#include <zlib.h>

#include <array>

using namespace immunobot::assets;

namespace {

std::string unzipped(std::string_view bytes, std::size_t size)
{
    std::string out(size + 1, '\0');
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    int const ended = inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return ended == Z_STREAM_END ? out : "damaged";
}

std::string sha384(std::string_view bytes)
{
    std::array<unsigned char, 48> digest{};
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha384(), nullptr);
    std::array<unsigned char, 65> text{};
    EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    return "sha384-" + std::string(reinterpret_cast<char const*>(text.data()));
}

}  // namespace

TEST_CASE("every asset is whole, in each coding", "[assets]")
{
    REQUIRE_FALSE(all().empty());
    for (auto const& asset : all()) {
        INFO(asset.name);
        CHECK_FALSE(asset.plain.empty());
        CHECK(unzipped(asset.gzip, asset.plain.size()) == asset.plain);
        CHECK(asset.integrity == sha384(asset.plain));
        CHECK(asset.hash.size() == 16);
        CHECK(asset.brotli.size() < asset.plain.size() + 64);
    }
}

TEST_CASE("an asset is found by its name and by its name with the hash", "[assets]")
{
    auto const* widget = find("widget.js");
    REQUIRE(widget);
    CHECK(find_named("widget.js").asset == widget);
    CHECK_FALSE(find_named("widget.js").hashed);
    CHECK(find_named(hashed_name(*widget)).asset == widget);
    CHECK(find_named(hashed_name(*widget)).hashed);
    for (auto const* name : {"", ".", "..", "widget", "widget.", ".js", "widget..js", "widget.0000000000000000.js", "Widget.js"}) {
        INFO(name);
        CHECK_FALSE(find_named(name).asset);
    }
}

TEST_CASE("the widget is small", "[assets]")
{
    auto const& widget = *find("widget.js");
    CHECK(widget.gzip.size() <= 14'500);
    CHECK(widget.brotli.size() <= 13'000);
}
