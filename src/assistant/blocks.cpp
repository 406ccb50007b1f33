#include "assistant/blocks.hpp"

#include "assistant/contacts.hpp"

#include <algorithm>
#include <array>

namespace immunobot::assistant {
namespace {

// What leads somewhere.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t shown = 0;   // what stands behind it, up to the end, is left out
    std::string address = {};
    std::string_view entity = {};
};

struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// All that is laid out, by bytes of one text.
struct Layout {
    std::string_view text;
    std::vector<Span> links;      // in the order of the text, none within another
    std::vector<Range> strong;    // the same
};

void put_contacts(Layout& layout, std::vector<text::Mark> const& marks, std::size_t helplines)
{
    auto const labelled = layout.links.size();
    std::size_t next = 0;
    for (auto& contact : contacts_in(layout.text, helplines)) {
        while (next < labelled && layout.links[next].end <= contact.begin)
            ++next;
        if (next == labelled || contact.end <= layout.links[next].begin)
            layout.links.push_back({contact.begin, contact.end, contact.end, std::move(contact.address)});
    }
    if (!marks.empty())
        std::ranges::sort(layout.links, {}, &Span::begin);
}

// What lies in an address ("ciml" in an e-mail address), or in a label, is a part of that.
void put_mentions(Layout& layout, std::vector<Mention> const& mentions)
{
    auto const links = static_cast<std::ptrdiff_t>(layout.links.size());
    for (auto const& mention : mentions) {
        auto const apart = [&](Span const& span) { return mention.end <= span.begin || mention.begin >= span.end; };
        if (mention.begin < mention.end && mention.end <= layout.text.size() && std::all_of(layout.links.begin(), layout.links.begin() + links, apart))
            layout.links.push_back({mention.begin, mention.end, mention.end, {}, mention.entity});
    }
    std::ranges::sort(layout.links, {}, &Span::begin);
}

Layout layout_of(std::string_view text, std::vector<text::Mark> const& marks, std::size_t helplines)
{
    Layout layout{text, {}, {}};
    for (auto const& mark : marks)
        if (mark.address.empty())
            layout.strong.push_back({mark.begin, mark.end});
        else
            layout.links.push_back({mark.begin, mark.end, mark.shown, mark.address});
    put_contacts(layout, marks, helplines);
    return layout;
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

// The runs of one line, which are asked for in the order of the text.
class Runs {
public:
    explicit Runs(Layout const& layout) : layout_(layout), link_(layout.links.begin()), strong_(layout.strong.begin()) {}

    std::vector<Run> of(std::size_t begin, std::size_t end)
    {
        std::vector<Run> runs;
        for (; link_ != layout_.links.end() && link_->begin < end; ++link_) {
            if (link_->begin < begin || link_->end > end)
                continue;
            put(runs, begin, link_->begin, {});
            put(runs, link_->begin, link_->shown, *link_);
            begin = link_->end;
        }
        put(runs, begin, end, {});
        return runs;
    }

private:
    void put(std::vector<Run>& runs, std::size_t begin, std::size_t end, Span const& link)
    {
        while (begin < end) {
            while (strong_ != layout_.strong.end() && strong_->end <= begin)
                ++strong_;
            bool const before = strong_ == layout_.strong.end() || begin < strong_->begin;
            auto const until = strong_ == layout_.strong.end() ? end : std::min(end, before ? strong_->begin : strong_->end);
            runs.push_back({layout_.text.substr(begin, until - begin), link.address, link.entity, !before});
            begin = until;
        }
    }

    Layout const& layout_;
    std::vector<Span>::const_iterator link_;
    std::vector<Range>::const_iterator strong_;
};

std::vector<Block> laid_out(Layout const& layout)
{
    auto const text = layout.text;
    Runs runs(layout);
    std::vector<Block> blocks;
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = std::min(text.find('\n', begin), text.size());
        auto const line = text.substr(begin, end - begin);
        auto const mark = mark_of(line);
        if (!std::ranges::all_of(line, is_blank)) {
            if (mark.kind == Block::Kind::paragraph || blocks.empty() || blocks.back().kind != mark.kind)
                blocks.push_back({mark.kind, {}});
            blocks.back().lines.push_back(runs.of(begin + mark.text, end));
        }
        begin = end + 1;
    }
    return blocks;
}

}  // namespace

std::string_view name(Block::Kind kind)
{
    constexpr std::array<std::string_view, 3> names = {"paragraph", "numbered", "bulleted"};
    return names[static_cast<std::size_t>(kind)];
}

std::vector<Block> blocks_of(Reply const& reply)
{
    auto const advice = reply.status != Status::safety ? 0 : reply.advice.empty() ? reply.answer.size() : reply.advice.size();
    auto layout = layout_of(reply.answer, reply.marks, advice);
    put_mentions(layout, reply.mentions);
    return laid_out(layout);
}

std::vector<Block> blocks_of(text::Marked const& text)
{
    return laid_out(layout_of(text.text, text.marks, 0));
}

std::string page_of(std::string_view entity, Language language)
{
    return std::string("/facts/").append(entity).append("?lang=").append(code(language));
}

}  // namespace immunobot::assistant
