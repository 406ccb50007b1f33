#include "text/csv.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace immunobot::text {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// Enough of a line to see what is wrong with it.
constexpr std::size_t shown_bytes = 4'096;

std::size_t line_begin(std::string_view bytes, std::size_t offset)
{
    return offset == 0 ? 0 : bytes.rfind('\n', offset - 1) + 1;  // npos + 1 == 0
}

std::string line_around(std::string_view bytes, std::size_t offset)
{
    std::size_t const begin = line_begin(bytes, offset);
    std::size_t end = std::min(bytes.find('\n', offset), bytes.size());
    if (end > begin && bytes[end - 1] == '\r')
        --end;
    if (end - begin > shown_bytes) {
        end = begin + shown_bytes;
        while ((static_cast<unsigned char>(bytes[end]) & 0xc0u) == 0x80u)
            --end;
    }
    return std::string(bytes.substr(begin, end - begin));
}

class CsvReader {
public:
    CsvReader(CsvTable& table, CsvLimits const& limits, Diagnostics& found)
        : table_(table), bytes_(table.bytes), limits_(limits), found_(found)
    {
    }

    void read()
    {
        separator_ = find_separator();
        while (at_ < bytes_.size() && !stopped_)
            read_row();
        if (table_.header.fields.empty())
            complain("K011", 0, 1, "the file has no header row", "the first row names the columns");
    }

private:
    // French Excel separates by ';', a copied table by tabs. The header row, which names columns, tells: what it has most of.
    char find_separator() const
    {
        auto const first = bytes_.substr(std::min(bytes_.find_first_not_of("\r\n"), bytes_.size()));
        auto const header = first.substr(0, first.find_first_of("\r\n"));
        auto const has = [&](char separator) { return std::ranges::count(header, separator); };
        char const other = has(';') >= has('\t') ? ';' : '\t';
        return has(other) > has(',') ? other : ',';
    }

    void read_row()
    {
        CsvRow row;
        row.line = line_;
        std::size_t const begin = at_;
        row.fields.reserve(table_.header.fields.size());
        do
            row.fields.push_back(read_field());
        while (take(separator_));
        end_line();
        if (std::ranges::all_of(row.fields, [](CsvField const& f) { return f.value.empty(); }))
            return;
        if (table_.header.fields.empty())
            table_.header = std::move(row);
        else
            add(std::move(row), begin);
    }

    void add(CsvRow row, std::size_t begin)
    {
        if (table_.rows.size() == limits_.rows) {
            complain("K007", begin, row.line, "more than " + std::to_string(limits_.rows) + " rows", "split the file");
            stopped_ = true;
            return;
        }
        std::size_t const wanted = table_.header.fields.size();
        if (row.fields.size() == wanted)
            table_.rows.push_back(std::move(row));
        else
            complain("K005", begin, row.line,
                     "this row has " + std::to_string(row.fields.size()) + " fields, the header has " +
                         std::to_string(wanted),
                     row.fields.size() > wanted ? "put a field that holds a comma between double quotes"
                                                : "an empty field needs its comma too");
    }

    CsvField read_field()
    {
        std::size_t const column = column_of(at_);
        CsvField field = at_ < bytes_.size() && bytes_[at_] == '"' ? read_quoted() : read_plain();
        field.column = column;
        if (field.value.size() > limits_.field_bytes) {
            complain("K006", field.offset, field.line,
                     "this field has " + std::to_string(field.value.size()) + " bytes; at most " +
                         std::to_string(limits_.field_bytes) + " are taken",
                     "a closing quote may be missing");
            field.value.clear();
        }
        return field;
    }

    CsvField read_plain()
    {
        std::size_t const begin = at_;
        skip_to_separator();
        auto const text = bytes_.substr(begin, at_ - begin);
        if (auto const quote = text.find('"'); quote != std::string_view::npos)
            complain("K004", begin + quote, line_, "a double quote inside a field that is not quoted",
                     "put the whole field between quotes and double the quote inside");
        if (auto const cr = text.find('\r'); cr != std::string_view::npos)
            complain("K004", begin + cr, line_, "a carriage return without a line feed",
                     "save the file with CR LF or LF line ends");
        return {std::string(text), begin, line_, 0};
    }

    CsvField read_quoted()
    {
        std::size_t const begin = at_++;
        std::size_t const line = line_;
        bool doubled = false;
        while (true) {
            std::size_t const quote = bytes_.find('"', at_);
            count_lines(at_, std::min(quote, bytes_.size()));
            if (quote == std::string_view::npos) {
                complain("K004", begin, line, "the quote that opens this field is never closed",
                         "close it with a double quote");
                at_ = bytes_.size();
                return {std::string(bytes_.substr(begin + 1)), begin, line, 0};
            }
            at_ = quote + 1;
            if (at_ >= bytes_.size() || bytes_[at_] != '"')
                break;
            doubled = true;
            ++at_;
        }
        auto const text = bytes_.substr(begin + 1, at_ - begin - 2);
        std::size_t const closed = at_;
        skip_to_separator();
        if (at_ != closed)
            complain("K004", closed, line_, "text after the closing quote of a field",
                     "double a quote that is part of the text");
        return {doubled ? undouble(text) : std::string(text), begin, line, 0};
    }

    void skip_to_separator()
    {
        while (at_ < bytes_.size() && bytes_[at_] != separator_ && bytes_[at_] != '\n' && !at_crlf())
            ++at_;
    }

    static std::string undouble(std::string_view text)
    {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            out += text[i];
            if (text[i] == '"')
                ++i;
        }
        return out;
    }

    // Asked for growing offsets, so that each character is counted once.
    std::size_t column_of(std::size_t offset)
    {
        column_ += length(bytes_.substr(counted_to_, offset - counted_to_));
        counted_to_ = offset;
        return column_;
    }

    void begin_line(std::size_t offset)
    {
        counted_to_ = offset;
        column_ = 1;
    }

    bool at_crlf() const { return bytes_.substr(at_, 2) == "\r\n"; }

    bool take(char wanted)
    {
        if (at_ >= bytes_.size() || bytes_[at_] != wanted)
            return false;
        ++at_;
        return true;
    }

    void end_line()
    {
        if (at_crlf())
            ++at_;
        if (take('\n')) {
            ++line_;
            begin_line(at_);
        }
    }

    void count_lines(std::size_t begin, std::size_t end)
    {
        auto const lines = static_cast<std::size_t>(std::ranges::count(bytes_.substr(begin, end - begin), '\n'));
        if (lines == 0)
            return;
        line_ += lines;
        begin_line(bytes_.rfind('\n', end - 1) + 1);
    }

    void complain(std::string code, std::size_t offset, std::size_t line, std::string message, std::string hint)
    {
        if (++complaints_ > limits_.diagnostics) {
            stopped_ = true;
            message = "too many problems; the rest of the file was not looked at";
            hint = "mend those above first";
        }
        auto const column = length(bytes_.substr(line_begin(bytes_, offset), offset - line_begin(bytes_, offset))) + 1;
        found_.push_back({Severity::error, std::move(code), table_.file, line, column, line_around(bytes_, offset), std::move(message),
                          std::move(hint)});
    }

    CsvTable& table_;
    std::string_view bytes_;
    CsvLimits const& limits_;
    Diagnostics& found_;
    char separator_ = ',';
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t counted_to_ = 0;  // column_ is that of this byte
    std::size_t column_ = 1;
    std::size_t complaints_ = 0;
    bool stopped_ = false;
};

std::string clip(std::string text)
{
    if (text.size() > shown_bytes)
        text.resize(shown_bytes);
    return replace_bad(text);
}

// Each line with bad bytes is told once; the bytes become U+FFFD, so that the rest can be looked at too.
std::string repair(std::string bytes, std::string const& file, Diagnostics& found)
{
    std::string out;
    std::size_t line = 1;
    std::size_t told_line = 0;
    std::size_t told = 0;
    std::size_t line_begin = 0;  // in out
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t const size = bytes[at] == '\0' ? 0 : character_size(bytes, at);
        if (size == 0) {
            if (told_line != line && told++ < 50) {
                told_line = line;
                bool const nul = bytes[at] == '\0';
                std::size_t end = bytes.find('\n', at);
                end = end == std::string::npos ? bytes.size() : end;
                found.push_back({Severity::error, nul ? "K003" : "K002", file, line,
                                 length(std::string_view(out).substr(line_begin)) + 1,
                                 clip(out.substr(line_begin) + replace_bad(bytes.substr(at, std::min(end - at, shown_bytes)))),
                                 nul ? "a NUL byte" : "a byte that is not UTF-8",
                                 nul ? "the file is no text, or in UTF-16; save it as 'CSV UTF-8'"
                                     : "save the file as UTF-8 (Excel: 'CSV UTF-8'; LibreOffice: character set Unicode (UTF-8))"});
            }
            out += "\xef\xbf\xbd";
            ++at;
            continue;
        }
        if (bytes[at] == '\n') {
            ++line;
            line_begin = out.size() + 1;
        }
        out.append(bytes, at, size);
        at += size;
    }
    return out;
}

}  // namespace

CsvTable read_csv(std::string file, std::string bytes, CsvLimits const& limits, Diagnostics& found)
{
    CsvTable table;
    table.file = std::move(file);
    auto const refuse = [&](std::string code, std::string message, std::string hint) {
        found.push_back({Severity::error, std::move(code), table.file, 0, 0, {}, std::move(message), std::move(hint)});
        return std::move(table);
    };
    if (bytes.size() > limits.file_bytes)
        return refuse("K001", "the file has " + std::to_string(bytes.size()) + " bytes; at most " +
                                  std::to_string(limits.file_bytes) + " are taken", "split it");
    if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"))
        return refuse("K002", "the file is in UTF-16", "save it as 'CSV UTF-8'");
    if (bytes.starts_with(byte_order_mark))
        bytes.erase(0, byte_order_mark.size());
    if (!is_valid_utf8(bytes) || bytes.find('\0') != std::string::npos)
        bytes = repair(std::move(bytes), table.file, found);
    table.bytes = std::move(bytes);
    CsvReader(table, limits, found).read();
    return table;
}

std::string source_line(CsvTable const& table, CsvField const& field)
{
    return line_around(table.bytes, field.offset);
}

std::optional<std::vector<std::size_t>> find_columns(CsvTable const& table, std::span<CsvColumn const> columns, Diagnostics& found)
{
    auto const& header = table.header.fields;
    if (header.empty())
        return std::nullopt;  // and told already
    bool right = true;
    auto const complain = [&](CsvField const& field, char const* code, std::string message, std::string hint) {
        found.push_back({Severity::error, code, table.file, field.line, field.column, source_line(table, field), std::move(message), std::move(hint)});
        right = false;
    };
    std::vector<std::string_view> names;
    for (CsvColumn const& column : columns)
        names.push_back(column.name);
    std::vector<std::size_t> places(columns.size(), absent_column);
    for (std::size_t i = 0; i < header.size(); ++i) {
        std::string_view const name = header[i].value;
        auto const known = std::ranges::find(names, name);
        if (known == names.end()) {
            auto const near = nearest(name, names);
            complain(header[i], "K009", "there is no column \"" + std::string(name) + "\" in this table",
                     near.empty() ? "take it out" : "did you mean \"" + std::string(near) + "\"?");
        } else if (auto& place = places[static_cast<std::size_t>(known - names.begin())]; place != absent_column) {
            complain(header[i], "K010", "the column \"" + std::string(name) + "\" is there twice", "take one out");
        } else {
            place = i;
        }
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (places[i] == absent_column && !columns[i].may_miss)
            complain(header.front(), "K008", "the column \"" + std::string(names[i]) + "\" is missing", "the header row names every column");
    return right ? std::optional(std::move(places)) : std::nullopt;
}

CsvTable read_csv(std::string_view bytes, std::string const& file, std::vector<std::string> const& columns,
                  std::vector<std::string> const& optional, Diagnostics& found, CsvLimits const& limits)
{
    auto table = read_csv(file, std::string(bytes), limits, found);
    std::vector<CsvColumn> wanted;
    for (auto const& name : columns)
        wanted.push_back({name, std::ranges::find(optional, name) != optional.end()});
    auto const places = find_columns(table, wanted, found);
    if (!places)
        table.rows.clear();
    for (auto& row : table.rows) {
        std::vector<CsvField> ordered;
        for (auto const place : *places)
            ordered.push_back(place == absent_column ? CsvField{{}, row.fields.front().offset, row.line, 0} : std::move(row.fields[place]));
        row.fields = std::move(ordered);
    }
    return table;
}

}  // namespace immunobot::text
