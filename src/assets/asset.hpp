// The files of web/ that are compiled into the program, ready to be sent. What is in the list is decided by
// src/assets/CMakeLists.txt; the bytes are made at build time by pack.cpp. Immutable; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace immunobot::assets {

struct Asset {
    std::string_view name;       // "widget.js"
    std::string_view type;       // of the content, with its charset
    std::string_view hash;       // 16 hexadecimal digits that change with the content
    std::string_view integrity;  // "sha384-...", for the integrity attribute of <script> and <link>
    std::string_view plain;
    std::string_view gzip;
    std::string_view brotli;
};

// In alphabetical order of their names.
std::span<Asset const> all();

// The asset of this name; null if there is none.
Asset const* find(std::string_view name);

// "widget.0123456789abcdef.js": a name that may be cached for ever.
std::string hashed_name(Asset const& asset);

// The asset that either kind of name stands for. A hash that is not today's finds nothing.
struct Named {
    Asset const* asset = nullptr;
    bool hashed = false;
};
Named find_named(std::string_view name);

}  // namespace immunobot::assets
