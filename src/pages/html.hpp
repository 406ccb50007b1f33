// Writes HTML. String literals of the program are markup; every other text is escaped. There is no other way in, so
// no text of the knowledge or of a visitor can become markup:
//
//     html("<p title=\"", title, "\">", sentence, "</p>");
//
// Escaped text is safe between tags and in attributes that stand in double quotes. Addresses go through url() first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace immunobot::pages {

// Appends `text` with & < > " ' as references; control characters that HTML forbids, and bytes that are not UTF-8,
// as U+FFFD.
void append_escaped(std::string& out, std::string_view text);

// `address` if a link may lead there: https, http, mailto, tel, or an address of this site (no scheme, no "//"). Else empty.
std::string_view safe_address(std::string_view address);

class Html {
public:
    template <class... Parts>
    Html& operator()(Parts&&... parts)
    {
        (put(std::forward<Parts>(parts)), ...);
        return *this;
    }

    // JSON inside <script type="application/ld+json">: what could end the element is written as \u003c and so on.
    Html& json(std::string_view text);

    // Text in which web addresses (https:// and http://) are links.
    Html& linked(std::string_view text);

    std::string const& bytes() const& { return bytes_; }
    std::string take() && { return std::move(bytes_); }

private:
    template <class Part>
    void put(Part&& part)
    {
        using Bare = std::remove_reference_t<Part>;
        if constexpr (std::is_array_v<Bare>) {
            // A buffer that is filled at run time is no literal.
            static_assert(std::is_const_v<std::remove_extent_t<Bare>>, "only literals are markup");
            bytes_.append(part, std::extent_v<Bare> - 1);
        } else if constexpr (std::is_same_v<std::remove_cv_t<Bare>, Html>) {
            bytes_ += part.bytes_;
        } else if constexpr (std::is_integral_v<Bare>) {
            static_assert(!std::is_same_v<std::remove_cv_t<Bare>, char> && !std::is_same_v<std::remove_cv_t<Bare>, bool>);
            bytes_ += std::to_string(part);
        } else {
            append_escaped(bytes_, std::string_view(part));
        }
    }

    std::string bytes_;
};

}  // namespace immunobot::pages
