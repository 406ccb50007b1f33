#include "knowledge/whole_json.hpp"

#include "knowledge/file_io.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/rows.hpp"
#include "text/strict_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace immunobot::knowledge {
namespace {

namespace json = boost::json;

constexpr std::string_view format_name = "immunobot-knowledge-1";
constexpr std::string_view list_fields[] = {"aliases", "questions_en", "questions_fr"};

// The tables by the names that the files of the folder have.
constexpr std::string_view table_names[] = {"sources", "entities", "facts", "faq", "questions"};

template <class Row>
void put_table(std::string& out, std::string_view name, std::vector<Row> const& rows)
{
    out.append(",\n\"").append(name).append("\": [");
    for (auto const& row : rows)
        out.append(&row == rows.data() ? "\n" : ",\n").append(to_json(row));
    out += "\n]";
}

// What is wrong with a file as JSON, and with its rows as rows.
class JsonReader {
public:
    JsonReader(std::string const& path, Diagnostics& found) : path_(path), found_(found) {}

    void complain(std::string code, std::string message, std::string hint = {})
    {
        Diagnostic one;
        one.code = std::move(code);
        one.file = path_;
        one.message = std::move(message);
        one.hint = std::move(hint);
        found_.push_back(std::move(one));
    }

    Knowledge read(std::string_view text)
    {
        Knowledge all;
        std::size_t at = 0;
        auto fault = text::JsonFault::not_json;
        auto const value = text::parse_strict(text, {}, {}, &fault, &at);
        if (!value) {
            complain("K050", (fault == text::JsonFault::not_json ? "this is no JSON: " : "this JSON is not taken: ") + value.error().message, "make one with: immunobot export --json FILE");
            found_.back().line = 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
            return all;
        }
        auto const* object = value->if_object();
        auto const* format = object ? object->if_contains("format") : nullptr;
        if (!format || !format->is_string() || format->get_string() != format_name) {
            complain("K050", "this is no JSON file of the knowledge", "make one with: immunobot export --json FILE");
            return all;
        }
        for (auto const& entry : *object)
            if (std::string_view const name = entry.key(); name != "format" && std::ranges::find(table_names, name) == std::end(table_names))
                complain("K051", "there is no table '" + std::string(name) + "'", std::string(nearest(name, table_names)));
        read_table(*object, "sources", source_form, all.sources);
        read_table(*object, "entities", entity_form, all.entities);
        read_table(*object, "facts", fact_form, all.facts);
        read_table(*object, "faq", faq_form, all.faq);
        read_table(*object, "questions", asking_form, all.askings);
        return all;
    }

    // What a row says has to come out of the database as it went in: no item of a list may have a '|' in it, for example.
    template <class Row>
    void check_kept(std::string_view table, std::vector<Row> const& wanted, std::vector<Row> const& kept)
    {
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if (i >= kept.size() || !(wanted[i] == kept[i])) {
                complain("K052", std::string(table) + ' ' + wanted[i].id + ": it cannot be kept as it stands here", "no '|' in an item of a list, no apostrophe before a sign that begins a formula");
                return;
            }
    }

private:
    template <class Row>
    void read_table(json::object const& object, std::string_view name, SheetForm const& form, std::vector<Row>& rows)
    {
        auto const* table = object.if_contains(name);
        if (!table)
            return complain("K053", "there is no table '" + std::string(name) + "'", "where there are no rows, write \"" + std::string(name) + "\": []");
        if (!table->is_array())
            return complain("K051", "the table '" + std::string(name) + "' is no list of rows");
        for (auto const& item : table->get_array()) {
            Row row;
            if (!from_json(json::serialize(item), row))
                complain("K051", std::string(name) + ": row " + std::to_string(rows.size() + 1) + " has no id");
            else
                check_fields(std::string(name) + ' ' + row.id, item.get_object(), form);
            rows.push_back(std::move(row));
        }
    }

    void check_fields(std::string const& row, json::object const& fields, SheetForm const& form)
    {
        for (auto const& field : fields) {
            std::string_view const name = field.key();
            bool const known = name == "id" || (std::ranges::find(form.columns, name, &Column::name) != form.columns.end() && name != "fact");
            bool const is_list = std::ranges::find(list_fields, name) != std::end(list_fields);
            auto const& value = field.value();
            if (!known)
                complain("K051", row + ": there is no field '" + std::string(name) + "'");
            else if (is_list ? !is_list_of_texts(value) : !value.is_string())
                complain("K051", row + ": the field '" + std::string(name) + "' is to be " + (is_list ? "a list of texts" : "a text"));
        }
    }

    static bool is_list_of_texts(json::value const& value)
    {
        return value.is_array() && std::ranges::all_of(value.get_array(), [](json::value const& item) { return item.is_string(); });
    }

    std::string const& path_;
    Diagnostics& found_;
};

// A place in a sheet that no file has is told by its table and the id of the row.
void tell_by_rows(Diagnostics& found, std::size_t from, Sheets const& sheets, std::string const& path)
{
    for (std::size_t i = from; i < found.size(); ++i) {
        auto& one = found[i];
        for (auto const* sheet : {&sheets.sources, &sheets.entities, &sheets.facts, &sheets.faq, &sheets.askings}) {
            if (one.file != sheet->form().file)
                continue;
            auto const rows = sheet->rows();
            auto const row = std::ranges::find(rows, one.line, &CsvRow::line);
            std::string place(sheet->form().file.substr(0, sheet->form().file.rfind('.')));
            if (row != rows.end())
                place.append(" ").append(sheet->text(*row, 0));
            one.message = place + ": " + one.message;
        }
        one.file = path;
        one.line = one.column = 0;
        one.source_line.clear();
    }
}

bool is_error(Diagnostic const& one)
{
    return one.severity == Severity::error;
}

Error first_of(Diagnostics const& found, std::size_t from)
{
    auto const first = std::find_if(found.begin() + static_cast<std::ptrdiff_t>(from), found.end(), is_error);
    return {Errc::bad_data, first->file + ": " + first->message, first->hint};
}

}  // namespace

std::string whole_json(Knowledge const& knowledge)
{
    std::string out = "{\n\"format\": \"" + std::string(format_name) + '"';
    put_table(out, "sources", knowledge.sources);
    put_table(out, "entities", knowledge.entities);
    put_table(out, "facts", knowledge.facts);
    put_table(out, "faq", knowledge.faq);
    put_table(out, "questions", knowledge.askings);
    return out + "\n}\n";
}

Result<ExportReport> export_json(std::string const& database, std::string const& path)
{
    auto reader = Reader::open(database);
    if (!reader)
        return reader.error();
    auto const all = reader->load();
    if (!all)
        return all.error();
    if (auto written = write_file(path, whole_json(*all)); !written)
        return written.error();
    return report_of(*all);
}

Result<Knowledge> read_json(std::string const& path, Diagnostics& found, ReadOptions const& options)
{
    std::size_t const before = found.size();
    auto const errors = [&] { return std::any_of(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(), is_error); };
    JsonReader reader(path, found);
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file)
        reader.complain("K001", "the file cannot be read");
    else if (text.size() > options.limits.file_bytes)
        reader.complain("K001", "the file is too large");
    if (errors())
        return first_of(found, before);
    auto const wanted = reader.read(text);
    if (errors())
        return first_of(found, before);
    std::size_t const checked = found.size();
    auto const sheets = sheets_of(wanted, found);
    check_rules(sheets, options.today, options.limits, found);
    tell_by_rows(found, checked, sheets, path);
    auto kept = knowledge_of(sheets);
    if (!errors()) {
        reader.check_kept("sources", wanted.sources, kept.sources);
        reader.check_kept("entities", wanted.entities, kept.entities);
        reader.check_kept("facts", wanted.facts, kept.facts);
        reader.check_kept("faq", wanted.faq, kept.faq);
        reader.check_kept("questions", wanted.askings, kept.askings);
    }
    if (errors())
        return first_of(found, before);
    return kept;
}

}  // namespace immunobot::knowledge
