#include "staff/merging.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

using Fate = MergedField::Fate;
using Lines = std::vector<std::string>;

Lines lines_of(std::string const& text)
{
    Lines out;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::string joined(Lines const& lines)
{
    std::string out;
    for (auto const& line : lines)
        out += (out.empty() ? "" : "\n") + line;
    return out;
}

bool has(Lines const& lines, std::string const& line)
{
    return std::ranges::find(lines, line) != lines.end();
}

// What is decided without looking into the texts; clash: it is not.
Fate fate_of(MergedField const& field)
{
    if (field.mine == field.theirs)
        return Fate::same;
    if (field.theirs == field.was)
        return Fate::mine;
    return field.mine == field.was ? Fate::theirs : Fate::clash;
}

std::string const& audience(bool staff_only)
{
    static std::string const names[] = {"public", "staff"};
    return names[staff_only ? 1 : 0];
}

}  // namespace

MergedField merge_texts(std::string name, std::string was, std::string mine, std::string theirs)
{
    MergedField field{std::move(name), std::move(was), std::move(mine), std::move(theirs)};
    field.fate = fate_of(field);
    field.merged = field.fate == Fate::theirs ? field.theirs : field.mine;
    return field;
}

MergedField merge_lines(std::string name, std::string was, std::string mine, std::string theirs)
{
    auto field = merge_texts(std::move(name), std::move(was), std::move(mine), std::move(theirs));
    if (field.fate != Fate::clash)
        return field;
    auto const before = lines_of(field.was);
    auto const others = lines_of(field.theirs);
    auto merged = lines_of(field.mine);
    std::erase_if(merged, [&](std::string const& line) { return has(before, line) && !has(others, line); });
    for (auto const& line : others)
        if (!has(before, line) && !has(merged, line))
            merged.push_back(line);
    field.merged = joined(merged);
    field.fate = Fate::joined;
    return field;
}

bool MergedAnswer::clashes() const
{
    return std::ranges::find(fields, Fate::clash, &MergedField::fate) != fields.end();
}

MergedAnswer merge(knowledge::Answer const& was, knowledge::Answer const& mine, knowledge::Answer const& theirs)
{
    MergedAnswer out{mine, {}};
    auto& entry = out.answer.entry;
    auto const list = [&](std::string name, Lines const& a, Lines& b, Lines const& c) {
        out.fields.push_back(merge_lines(std::move(name), joined(a), joined(b), joined(c)));
        b = lines_of(out.fields.back().merged);
    };
    auto const text = [&](std::string name, std::string const& a, std::string& b, std::string const& c) {
        out.fields.push_back(merge_texts(std::move(name), a, b, c));
        b = out.fields.back().merged;
    };
    list("questions_fr", was.entry.questions_fr, entry.questions_fr, theirs.entry.questions_fr);
    list("questions_en", was.entry.questions_en, entry.questions_en, theirs.entry.questions_en);
    text("answer_fr", was.entry.answer.fr, entry.answer.fr, theirs.entry.answer.fr);
    text("answer_en", was.entry.answer.en, entry.answer.en, theirs.entry.answer.en);
    text("entity", was.entry.entity, entry.entity, theirs.entry.entity);
    text("source", was.entry.source, entry.source, theirs.entry.source);
    text("valid_to", was.entry.valid_to, entry.valid_to, theirs.entry.valid_to);
    text("review_by", was.entry.review_by, entry.review_by, theirs.entry.review_by);
    auto who = audience(mine.staff_only);
    text("audience", audience(was.staff_only), who, audience(theirs.staff_only));
    out.answer.staff_only = who == audience(true);
    return out;
}

}  // namespace immunobot::staff
