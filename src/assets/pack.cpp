// Run by the build, never shipped: writes the list of assets as C++.
//   pack_assets OUT.cpp NAME=FILE[,FILE...]...
// Several files are joined in their order into one asset. A script of several files becomes one function, so that its
// names are its own, and are shortened; a style sheet among them becomes the constant STYLES. Scripts and style sheets
// are shrunk.

#include "assets/names.hpp"
#include "assets/shrink.hpp"

#include <brotli/encode.h>
#include <openssl/evp.h>
#include <zopfli/zopfli.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
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

Result<std::string> shrunk(std::string const& path)
{
    auto content = content_of(path);
    if (!content)
        return content.error();
    auto result = extension(path) == ".js" && !path.ends_with(".min.js") ? immunobot::assets::shrink_script(*content)
                  : extension(path) == ".css" ? immunobot::assets::shrink_styles(*content)
                                              : std::move(content);
    if (!result)
        return Error{result.error().code, path + ": " + result.error().message, result.error().hint};
    return result;
}

std::string as_javascript(std::string const& text)
{
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

Result<std::string> joined(std::string const& name, std::vector<std::string> const& files)
{
    if (files.size() == 1)
        return shrunk(files[0]);
    bool const script = extension(name) == ".js";
    std::string out = script ? "(()=>{\"use strict\";\n" : "";
    for (auto const& file : files) {
        auto const part = shrunk(file);
        if (!part)
            return part.error();
        out += script && extension(file) == ".css" ? "const STYLES=" + as_javascript(*part) + ";" : *part;
        out += '\n';
    }
    return script ? immunobot::assets::shorten_names(out + "})();\n") : out;
}

// The smallest that any gzip can read.
std::string gzipped(std::string const& plain)
{
    ZopfliOptions options;
    ZopfliInitOptions(&options);
    unsigned char* bytes = nullptr;
    std::size_t size = 0;
    ZopfliCompress(&options, ZOPFLI_FORMAT_GZIP, reinterpret_cast<unsigned char const*>(plain.data()), plain.size(), &bytes, &size);
    std::string out(reinterpret_cast<char const*>(bytes), size);
    std::free(bytes);
    return out;
}

std::string brotli(std::string const& plain)
{
    auto size = BrotliEncoderMaxCompressedSize(plain.size());
    std::string out(size, '\0');
    BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, plain.size(),
                          reinterpret_cast<std::uint8_t const*>(plain.data()), &size, reinterpret_cast<std::uint8_t*>(out.data()));
    out.resize(size);
    return out;
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

Result<Packed> packed(std::string const& argument)
{
    auto const equals = argument.find('=');
    if (equals == std::string::npos)
        return Error{Errc::bad_option, "'" + argument + "' is not NAME=FILE", "NAME=FILE[,FILE...]"};
    Packed asset;
    asset.name = argument.substr(0, equals);
    std::vector<std::string> files;
    std::istringstream list(argument.substr(equals + 1));
    for (std::string file; std::getline(list, file, ',');)
        files.push_back(file);
    auto plain = joined(asset.name, files);
    if (!plain)
        return plain.error();
    auto type = type_of(asset.name);
    if (!type)
        return type.error();
    asset.type = *type;
    asset.plain = std::move(*plain);
    asset.gzip = gzipped(asset.plain);
    asset.brotli = brotli(asset.plain);
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
