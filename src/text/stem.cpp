#include "text/stem.hpp"

#include <libstemmer.h>

#include <algorithm>

namespace immunobot::text {
namespace {

struct Delete {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Handle = std::unique_ptr<sb_stemmer, Delete>;

}  // namespace

struct Stemmer::Impl {
    Handle english{sb_stemmer_new("english", nullptr)};
    Handle french{sb_stemmer_new("french", nullptr)};
};

Stemmer::Stemmer() : impl_(std::make_unique<Impl>()) {}
Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

std::string_view Stemmer::stem(std::string_view folded, Language language)
{
    bool const has_digit = std::ranges::any_of(folded, [](char c) { return c >= '0' && c <= '9'; });
    constexpr std::size_t longest_word = 64;
    if (folded.size() <= 2 || folded.size() > longest_word || has_digit)
        return folded;
    sb_stemmer* const stemmer = (language == Language::fr ? impl_->french : impl_->english).get();
    auto const* made = sb_stemmer_stem(stemmer, reinterpret_cast<sb_symbol const*>(folded.data()),
                                       static_cast<int>(folded.size()));
    if (made == nullptr)
        return folded;
    return {reinterpret_cast<char const*>(made), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
}

}  // namespace immunobot::text
