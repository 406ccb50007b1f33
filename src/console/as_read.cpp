#include "console/as_read.hpp"

#include "channels/texts.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

using pages::Html;

void put_link(Html& html, std::string_view address, std::string_view label)
{
    html("<a href=\"", pages::safe_address(channels::entities_decoded(address)), "\" rel=\"noopener noreferrer\">", channels::entities_decoded(label), "</a>");
}

bool touches_word(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return false;
    char const c = text[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_blank_at(std::string_view text, std::size_t at)
{
    return at >= text.size() || text[at] == ' ' || text[at] == '\n';
}

// Where the star is that ends what the one at `at` begins; npos: that one is a star.
std::size_t closing_star(std::string_view text, std::size_t at)
{
    if (is_blank_at(text, at + 1) || (at > 0 && touches_word(text, at - 1)))
        return std::string_view::npos;
    auto const line = std::min(text.find('\n', at), text.size());
    auto const end = text.find('*', at + 1);
    bool const ends = end < line && end > at + 1 && !is_blank_at(text, end - 1) && !touches_word(text, end + 1);
    return ends ? end : std::string_view::npos;
}

// Behind "<address|label>" at `at`, which is written; `at` itself if there is none.
std::size_t put_slack_link(Html& html, std::string_view text, std::size_t at)
{
    auto const close = text.find('>', at);
    auto const inside = close == std::string_view::npos ? std::string_view() : text.substr(at + 1, close - at - 1);
    auto const bar = inside.find('|');
    if (bar == std::string_view::npos)
        return at;
    put_link(html, inside.substr(0, bar), inside.substr(bar + 1));
    return close + 1;
}

}  // namespace

void put_as_slack_reads(Html& html, std::string_view sent)
{
    auto strong_end = std::string_view::npos;
    for (std::size_t at = 0; at < sent.size();) {
        auto const next = std::min(sent.find_first_of("<*", at), sent.size());
        html(channels::entities_decoded(sent.substr(at, next - at)));
        at = next;
        if (at == sent.size())
            break;
        if (sent[at] == '<') {
            auto const behind = put_slack_link(html, sent, at);
            if (behind == at)
                html(sent.substr(at, 1));
            at = std::max(behind, at + 1);
            continue;
        }
        if (at == strong_end) {
            html("</strong>");
            strong_end = std::string_view::npos;
        } else if (auto const end = strong_end == std::string_view::npos ? closing_star(sent, at) : std::string_view::npos; end != std::string_view::npos) {
            html("<strong>");
            strong_end = end;
        } else {
            html(sent.substr(at, 1));
        }
        ++at;
    }
}

void put_as_matrix_reads(Html& html, std::string_view sent)
{
    constexpr std::string_view link = "<a href=\"";
    while (!sent.empty()) {
        auto const open = std::min(sent.find('<'), sent.size());
        html(channels::entities_decoded(sent.substr(0, open)));
        sent.remove_prefix(open);
        auto const close = sent.find('>');
        if (close == std::string_view::npos)
            break;
        auto const tag = sent.substr(0, close + 1);
        sent.remove_prefix(tag.size());
        if (tag == "<strong>") {
            html("<strong>");
        } else if (tag == "</strong>") {
            html("</strong>");
        } else if (tag.starts_with(link)) {
            auto const end = std::min(sent.find("</a>"), sent.size());
            put_link(html, tag.substr(link.size(), tag.size() - link.size() - 2), sent.substr(0, end));
            sent.remove_prefix(std::min(end + 4, sent.size()));
        }
    }
}

}  // namespace immunobot::console
