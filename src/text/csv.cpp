#include "text/csv.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <optional>

namespace immunobot::text {
namespace {

class Scanner {
public:
    Scanner(std::string_view text, std::string const& file, Diagnostics& found, CsvLimits const& limits)
        : text_(text), file_(file), found_(found), limits_(limits)
    {
        if (text_.starts_with("\xEF\xBB\xBF"))
            at_ = line_start_ = 3;
        auto const first_line = text_.substr(0, std::min(text_.size(), text_.find('\n')));
        auto const count = [&](char c) { return std::ranges::count(first_line, c); };
        if (count(';') > count(','))
            separator_ = ';';
        else if (count('\t') > count(','))
            separator_ = '\t';
    }

    // The next row; nothing at the end. An empty line gives an empty row.
    std::optional<CsvRow> row()
    {
        if (at_ >= text_.size())
            return std::nullopt;
        CsvRow fields;
        do fields.push_back(field()); while (more_);
        if (fields.size() == 1 && fields[0].value.empty())
            fields.clear();
        return fields;
    }

    void complain(std::size_t at_line, std::size_t column, std::string code, std::string message, std::string hint)
    {
        found_.push_back({Severity::error, std::move(code), file_, at_line, column, line_text(at_line),
                          std::move(message), std::move(hint)});
    }

private:
    CsvField field()
    {
        CsvField out;
        out.line = line_;
        out.column = static_cast<std::uint32_t>(length(text_.substr(line_start_, at_ - line_start_)) + 1);
        if (at_ < text_.size() && text_[at_] == '"')
            quoted(out);
        else
            plain(out);
        if (out.value.size() > limits_.field)
            complain(out.line, out.column, "C004", "this field is longer than " + std::to_string(limits_.field) + " bytes", "split it or shorten it");
        return out;
    }

    void plain(CsvField& out)
    {
        std::size_t const begin = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r')
            ++at_;
        out.value = text_.substr(begin, at_ - begin);
        finish();
    }

    void quoted(CsvField& out)
    {
        ++at_;
        for (;;) {
            std::size_t const quote = text_.find('"', at_);
            if (quote == std::string_view::npos) {
                complain(out.line, out.column, "C001", "this quoted field is never closed", "add the missing \" at its end, or double a \" inside it");
                at_ = text_.size();
                more_ = false;
                return;
            }
            for (std::size_t i = at_; i < quote; ++i)
                if (text_[i] == '\n') {
                    ++line_;
                    line_start_ = i + 1;
                }
            out.value.append(text_.substr(at_, quote - at_));
            at_ = quote + 1;
            if (at_ >= text_.size() || text_[at_] != '"')
                break;
            out.value += '"';
            ++at_;
        }
        if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
            complain(line_, length(text_.substr(line_start_, at_ - line_start_)) + 1, "C002",
                     "text after a closing quote", "double the quotes inside a field: \"\"");
            while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n')
                ++at_;
        }
        finish();
    }

    // Steps over the separator or the line end behind a field.
    void finish()
    {
        more_ = at_ < text_.size() && text_[at_] == separator_;
        if (more_) {
            ++at_;
            return;
        }
        if (at_ < text_.size() && text_[at_] == '\r')
            ++at_;
        if (at_ < text_.size() && text_[at_] == '\n') {
            ++at_;
            ++line_;
            line_start_ = at_;
        }
    }

    std::string line_text(std::size_t wanted) const
    {
        std::size_t begin = 0;
        for (std::size_t line = 1; line < wanted && begin != std::string_view::npos; ++line) {
            begin = text_.find('\n', begin);
            begin = begin == std::string_view::npos ? begin : begin + 1;
        }
        if (begin == std::string_view::npos)
            return {};
        auto line = text_.substr(begin, text_.find('\n', begin) - begin);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        return std::string(line);
    }

    std::string_view text_;
    std::string const& file_;
    Diagnostics& found_;
    CsvLimits const& limits_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    std::uint32_t line_ = 1;
    char separator_ = ',';
    bool more_ = false;
};

bool acceptable_bytes(std::string_view text, std::string const& file, Diagnostics& found, CsvLimits const& limits)
{
    auto const refuse = [&](std::size_t line, std::string code, std::string message, std::string hint) {
        found.push_back({Severity::error, std::move(code), file, line, 0, {}, std::move(message), std::move(hint)});
        return false;
    };
    if (text.size() > limits.bytes)
        return refuse(0, "C005", "the file is larger than " + std::to_string(limits.bytes >> 20) + " MiB", "split it");
    for (std::size_t begin = 0, line = 1; begin < text.size(); ++line) {
        std::size_t const end = std::min(text.find('\n', begin), text.size());
        auto const part = text.substr(begin, end - begin);
        if (!is_valid_utf8(part))
            return refuse(line, "C003", "this line is not UTF-8 text", "save the file as \"CSV UTF-8\"");
        if (part.find('\0') != std::string_view::npos)
            return refuse(line, "C003", "this line holds a NUL byte", "save the file as plain text");
        begin = end + 1;
    }
    return true;
}

}  // namespace

CsvTable read_csv(std::string_view text, std::string const& file, std::vector<std::string> const& columns,
                  std::vector<std::string> const& optional, Diagnostics& found, CsvLimits const& limits)
{
    CsvTable table;
    if (!acceptable_bytes(text, file, found, limits))
        return table;
    Scanner scanner(text, file, found, limits);
    auto const header = scanner.row();
    if (!header || header->empty()) {
        scanner.complain(1, 0, "C006", "the file has no header row", "the first line names the columns");
        return table;
    }
    constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    std::vector<std::size_t> place(columns.size(), nowhere);
    std::vector<std::string_view> const known(columns.begin(), columns.end());
    for (std::size_t i = 0; i < header->size(); ++i) {
        auto const& field = (*header)[i];
        auto const wanted = std::ranges::find(columns, field.value);
        if (wanted != columns.end()) {
            place[static_cast<std::size_t>(wanted - columns.begin())] = i;
            continue;
        }
        auto const near = nearest(field.value, known);
        scanner.complain(field.line, field.column, "C007", "unknown column '" + field.value + "'",
                         near.empty() ? "remove it" : "did you mean '" + std::string(near) + "'?");
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (place[i] == nowhere && std::ranges::find(optional, columns[i]) == optional.end())
            scanner.complain(1, 0, "C008", "the column '" + columns[i] + "' is missing", "add it to the header row");
    table.header = columns;
    while (auto row = scanner.row()) {
        if (row->empty())
            continue;
        if (row->size() != header->size()) {
            scanner.complain(row->front().line, 0, "C009",
                             "this row has " + std::to_string(row->size()) + " fields, the header has " + std::to_string(header->size()),
                             "a comma inside a text needs quotes around the field");
            continue;
        }
        if (table.rows.size() >= limits.rows) {
            scanner.complain(row->front().line, 0, "C010", "more than " + std::to_string(limits.rows) + " rows", "split the file");
            break;
        }
        CsvRow ordered(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i)
            ordered[i] = place[i] == nowhere ? CsvField{{}, row->front().line, 0} : std::move((*row)[place[i]]);
        table.rows.push_back(std::move(ordered));
    }
    return table;
}

std::string csv_row(std::vector<std::string> const& fields)
{
    std::string out;
    for (auto const& field : fields) {
        if (&field != &fields.front())
            out += ',';
        if (field.find_first_of(",\"\r\n") == std::string::npos) {
            out += field;
            continue;
        }
        out += '"';
        for (char const c : field)
            out.append(c == '"' ? 2 : 1, c);
        out += '"';
    }
    return out + "\r\n";
}

std::string guard_formula(std::string_view field)
{
    // A field that already begins with apostrophes before such a sign gets one more, so that unguard() is exact.
    auto const first = field.find_first_not_of('\'');
    bool const risky = first != std::string_view::npos && std::string_view("=+-@\t\r").find(field[first]) != std::string_view::npos;
    return (risky ? "'" : "") + std::string(field);
}

std::string unguard_formula(std::string_view field)
{
    auto const first = field.find_first_not_of('\'');
    bool const guarded = first != std::string_view::npos && first > 0 &&
                         std::string_view("=+-@\t\r").find(field[first]) != std::string_view::npos;
    return std::string(guarded ? field.substr(1) : field);
}

}  // namespace immunobot::text
