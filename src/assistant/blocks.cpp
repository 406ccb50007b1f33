#include "assistant/blocks.hpp"

#include "assistant/contacts.hpp"

#include <algorithm>
#include <array>

namespace immunobot::assistant {
namespace {

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string address = {};
    std::string_view entity = {};
};

// In the order of the text. What lies in an address ("ciml" in an e-mail address) is a part of that.
std::vector<Span> spans_of(Reply const& reply)
{
    std::vector<Span> spans;
    auto const advice = reply.status != Status::safety ? 0 : reply.advice.empty() ? reply.answer.size() : reply.advice.size();
    for (auto& contact : contacts_in(reply.answer, advice))
        spans.push_back({contact.begin, contact.end, std::move(contact.address)});
    auto const contacts = spans.size();
    for (auto const& mention : reply.mentions) {
        auto const apart = [&](Span const& span) { return mention.end <= span.begin || mention.begin >= span.end; };
        if (mention.begin < mention.end && mention.end <= reply.answer.size() && std::all_of(spans.begin(), spans.begin() + static_cast<std::ptrdiff_t>(contacts), apart))
            spans.push_back({mention.begin, mention.end, {}, mention.entity});
    }
    std::ranges::sort(spans, {}, &Span::begin);
    return spans;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// What a line is, and where its text begins: behind "1. ", "1) ", "- " or a bullet.
struct Mark {
    Block::Kind kind = Block::Kind::paragraph;
    std::size_t text = 0;
};

Mark mark_of(std::string_view line)
{
    auto const blanks_from = [&](std::size_t at) {
        while (at < line.size() && is_blank(line[at]))
            ++at;
        return at;
    };
    auto const begin = blanks_from(0);
    auto at = begin;
    while (at < line.size() && at < begin + 2 && line[at] >= '0' && line[at] <= '9')   // "2015. " is a year
        ++at;
    if (at > begin && at + 1 < line.size() && (line[at] == '.' || line[at] == ')') && is_blank(line[at + 1]))
        return {Block::Kind::numbered, blanks_from(at + 1)};
    for (std::string_view const bullet : {"-", "\xE2\x80\xA2"})
        if (line.substr(begin).starts_with(bullet) && begin + bullet.size() < line.size() && is_blank(line[begin + bullet.size()]))
            return {Block::Kind::bulleted, blanks_from(begin + bullet.size())};
    return {Block::Kind::paragraph, 0};
}

std::vector<Run> runs_of(std::string_view text, std::size_t begin, std::size_t end, std::vector<Span> const& spans)
{
    std::vector<Run> runs;
    auto const put = [&](std::size_t to) {
        if (to > begin)
            runs.push_back({text.substr(begin, to - begin)});
    };
    for (auto const& span : spans) {
        if (span.begin < begin || span.end > end)
            continue;
        put(span.begin);
        runs.push_back({text.substr(span.begin, span.end - span.begin), span.address, span.entity});
        begin = span.end;
    }
    put(end);
    return runs;
}

}  // namespace

std::string_view name(Block::Kind kind)
{
    constexpr std::array<std::string_view, 3> names = {"paragraph", "numbered", "bulleted"};
    return names[static_cast<std::size_t>(kind)];
}

std::vector<Block> blocks_of(Reply const& reply)
{
    std::string_view const text = reply.answer;
    auto const spans = spans_of(reply);
    std::vector<Block> blocks;
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = std::min(text.find('\n', begin), text.size());
        auto const line = text.substr(begin, end - begin);
        auto const mark = mark_of(line);
        if (!std::ranges::all_of(line, is_blank)) {
            if (mark.kind == Block::Kind::paragraph || blocks.empty() || blocks.back().kind != mark.kind)
                blocks.push_back({mark.kind, {}});
            blocks.back().lines.push_back(runs_of(text, begin + mark.text, end, spans));
        }
        begin = end + 1;
    }
    return blocks;
}

std::string page_of(std::string_view entity, Language language)
{
    return std::string("/facts/").append(entity).append("?lang=").append(code(language));
}

}  // namespace immunobot::assistant
