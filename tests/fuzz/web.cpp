// Any bytes as a form, as header fields that are read for pages, and as a text on a page: nothing crashes, and no text
// becomes markup.
#include "pages/html.hpp"
#include "pages/typography.hpp"
#include "server/languages.hpp"
#include "server/query.hpp"
#include "text/utf8.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace immunobot;

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

void check_text(std::string_view text)
{
    for (auto const language : {Language::en, Language::fr}) {
        pages::Html html;
        html(pages::typeset(text, language)).linked(text);
        demand(text::is_valid_utf8(html.bytes()));
        auto const links = std::string_view("<a href=\"http");
        for (std::size_t at = html.bytes().find('<'); at != std::string::npos; at = html.bytes().find('<', at + 1)) {
            auto const rest = std::string_view(html.bytes()).substr(at);
            demand(rest.starts_with(links) || rest.starts_with("</a>"));
        }
    }
    auto const address = pages::safe_address(text);
    demand(address.empty() || address == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    check_text(bytes);
    static_cast<void>(server::preferred_language(bytes));
    if (auto const form = server::Query::parse(bytes))
        demand(text::is_valid_utf8(form->text("question")));
    return 0;
}
