#include "intents/yaml_view.hpp"

#include "text/utf8.hpp"

#include <set>

namespace immunobot::intents {

FileReport::FileReport(std::string_view text, std::string const& file, Diagnostics& found) : file_(file), found_(found)
{
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t const end = std::min(text.find('\n', begin), text.size());
        lines_.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

std::size_t FileReport::column(YAML::Mark const& mark) const
{
    auto const line = static_cast<std::size_t>(mark.line);
    if (line >= lines_.size())
        return 1;
    return text::length(std::string_view(lines_[line]).substr(0, static_cast<std::size_t>(std::max(mark.column, 0)))) + 1;
}

void FileReport::add(Severity severity, YAML::Mark const& mark, std::string code, std::string message, std::string hint)
{
    Diagnostic diagnostic{severity, std::move(code), file_, 0, 0, {}, std::move(message), std::move(hint)};
    if (mark.line >= 0) {
        diagnostic.line = static_cast<std::size_t>(mark.line) + 1;
        if (static_cast<std::size_t>(mark.line) < lines_.size())
            diagnostic.source_line = lines_[static_cast<std::size_t>(mark.line)];
        diagnostic.column = column(mark);
    }
    found_.push_back(std::move(diagnostic));
}

void FileReport::error(YAML::Mark const& mark, std::string code, std::string message, std::string hint)
{
    failed_ = true;
    add(Severity::error, mark, std::move(code), std::move(message), std::move(hint));
}

void FileReport::warning(YAML::Mark const& mark, std::string code, std::string message, std::string hint)
{
    add(Severity::warning, mark, std::move(code), std::move(message), std::move(hint));
}

bool FileReport::check_keys(YAML::Node const& map, std::string_view what, std::initializer_list<std::string_view> known)
{
    if (!map.IsMap()) {
        error(map.Mark(), "I002", std::string(what) + " has to be a block of 'key: value' lines");
        return false;
    }
    std::vector<std::string_view> const names(known);
    std::set<std::string> seen;
    for (auto const& entry : map) {
        std::string const key = entry.first.IsScalar() ? entry.first.Scalar() : "";
        if (std::find(names.begin(), names.end(), key) == names.end()) {
            auto const near = nearest(key, names);
            error(entry.first.Mark(), "I010", "unknown key '" + key + "' in " + std::string(what),
                  near.empty() ? "remove it" : "did you mean '" + std::string(near) + "'?");
        }
        if (!seen.insert(key).second)
            error(entry.first.Mark(), "I011", "the key '" + key + "' stands twice in " + std::string(what), "merge the two");
    }
    return true;
}

std::string FileReport::scalar(YAML::Node const& node, std::string_view what)
{
    if (!node.IsScalar() || node.Scalar().empty()) {
        error(node.Mark(), "I003", std::string(what) + " has to be a text");
        return {};
    }
    return node.Scalar();
}

std::vector<YAML::Node> FileReport::scalars(YAML::Node const& node, std::string_view what)
{
    std::vector<YAML::Node> out;
    if (node.IsScalar()) {
        out.push_back(node);
        return out;
    }
    if (!node.IsSequence()) {
        error(node.Mark(), "I004", std::string(what) + " has to be a list: [word, \"a phrase\"]");
        return out;
    }
    for (auto const& item : node) {
        if (item.IsScalar() && !item.Scalar().empty())
            out.push_back(item);
        else
            error(item.Mark(), "I005", "an item of " + std::string(what) + " is not a text", "put quotes around it");
    }
    return out;
}

}  // namespace immunobot::intents
