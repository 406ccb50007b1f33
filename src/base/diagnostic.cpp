#include "base/diagnostic.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <numeric>

namespace immunobot {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            diagonal = above;
        }
    }
    return row.back();
}

// Long lines are cut around the column, so that the caret stays on the screen.
constexpr std::size_t shown_width = 100;

}  // namespace

bool has_errors(Diagnostics const& found)
{
    return std::ranges::any_of(found, [](Diagnostic const& d) { return d.severity == Severity::error; });
}

std::string format(Diagnostic const& diagnostic)
{
    std::string out = diagnostic.file;
    if (diagnostic.line != 0)
        out += ':' + std::to_string(diagnostic.line);
    if (diagnostic.line != 0 && diagnostic.column != 0)
        out += ':' + std::to_string(diagnostic.column);
    out += diagnostic.severity == Severity::error ? ": error " : ": warning ";
    out += diagnostic.code + ": " + diagnostic.message + '\n';
    if (!diagnostic.source_line.empty()) {
        std::string_view line = diagnostic.source_line;
        std::size_t caret = diagnostic.column == 0 ? 0 : diagnostic.column - 1;
        std::size_t begin = 0;
        for (std::size_t seen = 0; seen + shown_width / 2 < caret && begin < line.size(); ++seen)
            do ++begin; while (begin < line.size() && (static_cast<unsigned char>(line[begin]) & 0xC0u) == 0x80u);
        std::size_t end = begin;
        for (std::size_t seen = 0; seen < shown_width && end < line.size(); ++seen)
            do ++end; while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0u) == 0x80u);
        out += "    " + std::string(line.substr(begin, end - begin)) + '\n';
        if (diagnostic.column != 0)
            out += "    " + std::string(std::min(caret, shown_width / 2), ' ') + "^\n";
    }
    if (!diagnostic.hint.empty())
        out += "    hint: " + diagnostic.hint + '\n';
    return out;
}

std::string in_one_line(Diagnostic const& diagnostic)
{
    return diagnostic.file + ':' + std::to_string(diagnostic.line) + ": " + diagnostic.message;
}

void show_lines(Diagnostics& found)
{
    std::map<std::string, std::vector<std::string>> files;
    for (auto& diagnostic : found) {
        if (diagnostic.line == 0 || !diagnostic.source_line.empty())
            continue;
        auto const [at, fresh] = files.try_emplace(diagnostic.file);
        if (fresh) {
            std::ifstream file(diagnostic.file, std::ios::binary);
            for (std::string line; std::getline(file, line);)
                at->second.push_back(std::move(line));
        }
        if (diagnostic.line <= at->second.size())
            diagnostic.source_line = at->second[diagnostic.line - 1];
    }
}

std::string_view nearest(std::string_view text, std::span<std::string_view const> known)
{
    std::string_view best;
    std::size_t best_distance = std::min<std::size_t>(4, (text.size() + 1) / 2);
    for (std::string_view const word : known) {
        std::size_t const distance = edit_distance(text, word);
        if (distance < best_distance) {
            best = word;
            best_distance = distance;
        }
    }
    return best;
}

}  // namespace immunobot
