#include "pages/blocks.hpp"

#include "pages/typography.hpp"

namespace immunobot::pages {
namespace {

void put_run(Html& html, assistant::Run const& run, Language language, AddressOf const& address_of)
{
    auto const address = address_of(run);
    if (run.strong)
        html("<strong>");
    if (address.empty())
        html(typeset(run.text, language));
    else
        html("<a href=\"", address, "\" rel=\"noopener noreferrer\">", typeset(run.text, language), "</a>");
    if (run.strong)
        html("</strong>");
}

void put_block(Html& html, assistant::Block const& block, Language language, AddressOf const& address_of)
{
    bool const paragraph = block.kind == assistant::Block::Kind::paragraph;
    bool const numbered = block.kind == assistant::Block::Kind::numbered;
    if (!paragraph)
        numbered ? html("<ol>") : html("<ul>");
    for (auto const& line : block.lines) {
        paragraph ? html("<p>") : html("<li>");
        for (auto const& run : line)
            put_run(html, run, language, address_of);
        paragraph ? html("</p>\n") : html("</li>\n");
    }
    if (!paragraph)
        numbered ? html("</ol>\n") : html("</ul>\n");
}

}  // namespace

std::string own_address(assistant::Run const& run)
{
    return std::string(safe_address(run.address));
}

void put_blocks(Html& html, std::vector<assistant::Block> const& blocks, Language language, AddressOf const& address_of)
{
    for (auto const& block : blocks)
        put_block(html, block, language, address_of);
}

void put_text(Html& html, text::Marked const& text, Language language)
{
    put_blocks(html, assistant::blocks_of(text), language);
}

void put_written(Html& html, std::string_view written, Language language)
{
    put_text(html, text::marked(written), language);
}

}  // namespace immunobot::pages
