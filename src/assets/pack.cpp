// Run by the build, never shipped: writes the list of assets as C++.
//   pack_assets OUT.cpp FILE...
// An asset is named as its file, without the folder.

#include "base/error.hpp"

#include <brotli/encode.h>
#include <openssl/evp.h>
#include <zopfli/zopfli.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <vector>

namespace {

using immunobot::Errc;
using immunobot::Error;
using immunobot::Result;

struct Packed {
    std::string name;
    std::string type;
    std::string hash;
    std::string integrity;
    std::string plain;
    std::string gzip;
    std::string brotli;
};

Result<std::string> content_of(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{Errc::storage, path + " cannot be read", "is it in web/?"};
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string_view extension(std::string_view path)
{
    return path.substr(std::min(path.rfind('.'), path.size()));
}

Result<std::string> type_of(std::string_view name)
{
    struct Row { std::string_view extension, type; };
    for (auto const row : {Row{".js", "text/javascript; charset=utf-8"}, Row{".css", "text/css; charset=utf-8"},
                           Row{".html", "text/html; charset=utf-8"}, Row{".svg", "image/svg+xml; charset=utf-8"},
                           Row{".json", "application/json; charset=utf-8"}, Row{".txt", "text/plain; charset=utf-8"},
                           Row{".webmanifest", "application/manifest+json; charset=utf-8"},
                           Row{".csv", "text/csv; charset=utf-8"}, Row{".png", "image/png"}, Row{".ico", "image/x-icon"}})
        if (row.extension == extension(name))
            return std::string(row.type);
    return Error{Errc::internal, std::string(name) + ": no content type is known for this extension", "add it to pack.cpp"};
}

// Much work at it gains next to nothing, and makes the build wait.
bool is_large(std::string const& plain)
{
    return plain.size() > 50'000;
}

// The smallest that any gzip can read.
std::string gzipped(std::string const& plain)
{
    ZopfliOptions options;
    ZopfliInitOptions(&options);
    options.numiterations = is_large(plain) ? 5 : 30;
    unsigned char* bytes = nullptr;
    std::size_t size = 0;
    ZopfliCompress(&options, ZOPFLI_FORMAT_GZIP, reinterpret_cast<unsigned char const*>(plain.data()), plain.size(), &bytes, &size);
    std::string out(reinterpret_cast<char const*>(bytes), size);
    std::free(bytes);
    return out;
}

// `direct`: how many short distances have a code of their own.
std::string brotli(std::string const& plain, BrotliEncoderMode mode, std::uint32_t direct)
{
    std::unique_ptr<BrotliEncoderState, decltype(&BrotliEncoderDestroyInstance)> encoder(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr), BrotliEncoderDestroyInstance);
    BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_MODE, mode);
    BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_NDIRECT, direct);
    BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_SIZE_HINT, static_cast<std::uint32_t>(plain.size()));
    std::string out(BrotliEncoderMaxCompressedSize(plain.size()), '\0');
    auto const* in = reinterpret_cast<std::uint8_t const*>(plain.data());
    auto* to = reinterpret_cast<std::uint8_t*>(out.data());
    auto left = plain.size();
    auto room = out.size();
    BrotliEncoderCompressStream(encoder.get(), BROTLI_OPERATION_FINISH, &left, &in, &room, &to, nullptr);
    out.resize(out.size() - room);
    return out;
}

// What the encoder is told of the text changes its guesses; there is time to try them all.
std::string smallest_brotli(std::string const& plain)
{
    auto best = brotli(plain, BROTLI_MODE_TEXT, 0);
    if (is_large(plain))
        return best;
    for (auto const mode : {BROTLI_MODE_GENERIC, BROTLI_MODE_TEXT, BROTLI_MODE_FONT})
        for (std::uint32_t direct = 0; direct < 16; ++direct)
            if (auto other = brotli(plain, mode, direct); other.size() < best.size())
                best = std::move(other);
    return best;
}

void add_digests(Packed& asset)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(asset.plain.data(), asset.plain.size(), digest.data(), &length, EVP_sha384(), nullptr);
    std::string base64((length + 2) / 3 * 4 + 1, '\0');
    base64.resize(static_cast<std::size_t>(
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()), digest.data(), static_cast<int>(length))));
    asset.integrity = "sha384-" + base64;
    constexpr char digits[] = "0123456789abcdef";
    for (std::size_t i = 0; i < 8; ++i) {
        asset.hash += digits[digest[i] >> 4];
        asset.hash += digits[digest[i] & 15];
    }
}

Result<Packed> packed(std::string const& path)
{
    Packed asset;
    asset.name = path.substr(path.rfind('/') + 1);
    auto plain = content_of(path);
    if (!plain)
        return plain.error();
    auto type = type_of(asset.name);
    if (!type)
        return type.error();
    asset.type = *type;
    asset.plain = std::move(*plain);
    asset.gzip = gzipped(asset.plain);
    asset.brotli = smallest_brotli(asset.plain);
    add_digests(asset);
    return asset;
}

// A C++ string with its length, which may hold any byte.
std::string as_cpp(std::string const& bytes)
{
    std::string out = "{\"";
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '?') {
            out += c;
        } else {
            constexpr char digits[] = "01234567";
            out += '\\';
            out += digits[byte >> 6];
            out += digits[(byte >> 3) & 7];
            out += digits[byte & 7];
        }
    }
    return out + "\", " + std::to_string(bytes.size()) + "}";
}

void write(std::ostream& out, std::vector<Packed> const& assets)
{
    out << "// Made by pack_assets from the files of web/.\n#include \"assets/asset.hpp\"\n\nnamespace immunobot::assets {\n\n"
           "std::span<Asset const> all()\n{\n    static constexpr Asset list[] = {\n";
    for (auto const& asset : assets) {
        out << "        {\"" << asset.name << "\", \"" << asset.type << "\", \"" << asset.hash << "\", \"" << asset.integrity << "\",\n";
        for (auto const* bytes : {&asset.plain, &asset.gzip, &asset.brotli})
            out << "         std::string_view" << as_cpp(*bytes) << ",\n";
        out << "        },\n";
    }
    out << "    };\n    return list;\n}\n\n}  // namespace immunobot::assets\n";
}

}  // namespace

int main(int argc, char** argv)
{
    std::vector<Packed> assets;
    for (int i = 2; i < argc; ++i) {
        auto asset = packed(argv[i]);
        if (!asset) {
            std::cerr << "pack_assets: " << asset.error() << '\n';
            return 1;
        }
        assets.push_back(std::move(*asset));
    }
    std::sort(assets.begin(), assets.end(), [](Packed const& a, Packed const& b) { return a.name < b.name; });
    std::ofstream file(argc > 1 ? argv[1] : "");
    write(file, assets);
    file.close();
    return file ? 0 : 1;
}
