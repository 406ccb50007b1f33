#include "knowledge/export.hpp"

#include "knowledge/file_io.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/sheet.hpp"
#include "text/csv.hpp"

#include <filesystem>
#include <system_error>

namespace immunobot::knowledge {
namespace {

class SheetWriter {
public:
    explicit SheetWriter(SheetForm const& form)
    {
        std::vector<std::string_view> names;
        for (Column const& column : form.columns)
            names.push_back(column.name);
        text::write_csv_row(out_, names);
    }

    void row(std::vector<std::string> const& fields)
    {
        std::vector<std::string> guarded;
        guarded.reserve(fields.size());
        for (std::string const& field : fields)
            guarded.push_back(text::guard_formula(field));
        text::write_csv_row(out_, {guarded.begin(), guarded.end()});
    }

    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

}  // namespace

std::string sources_csv(Knowledge const& knowledge)
{
    SheetWriter sheet(source_form);
    for (Source const& s : knowledge.sources)
        sheet.row({s.id, s.title, s.publisher, s.url, s.published, s.seen});
    return sheet.take();
}

std::string entities_csv(Knowledge const& knowledge)
{
    SheetWriter sheet(entity_form);
    for (Entity const& e : knowledge.entities)
        sheet.row({e.id, e.kind, e.name.en, e.name.fr, e.acronym, join_list(e.aliases), e.parent});
    return sheet.take();
}

std::string facts_csv(Knowledge const& knowledge)
{
    SheetWriter sheet(fact_form);
    for (Fact const& f : knowledge.facts)
        sheet.row({f.id, f.entity, f.property, f.value, f.unit, f.text.en, f.text.fr, f.valid_from, f.valid_to, f.source, f.layer, f.review_by});
    return sheet.take();
}

std::string faq_csv(Knowledge const& knowledge)
{
    SheetWriter sheet(faq_form);
    for (FaqEntry const& f : knowledge.faq)
        sheet.row({f.id, join_list(f.questions_en), join_list(f.questions_fr), f.answer.en, f.answer.fr, f.entity, f.source, f.valid_to, f.review_by});
    return sheet.take();
}

std::string questions_csv(Knowledge const& knowledge)
{
    SheetWriter sheet(asking_form);
    for (Asking const& a : knowledge.askings)
        sheet.row({a.id, join_list(a.questions_en), join_list(a.questions_fr)});
    return sheet.take();
}

ExportReport report_of(Knowledge const& knowledge)
{
    return {knowledge.sources.size(), knowledge.entities.size(), knowledge.facts.size(), knowledge.faq.size(), knowledge.revision};
}

Result<ExportReport> export_folder(std::string const& database, std::string const& folder)
{
    auto reader = Reader::open(database);
    if (!reader)
        return reader.error();
    auto const knowledge = reader->load();
    if (!knowledge)
        return knowledge.error();
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return Error{Errc::storage, "cannot make the folder " + folder + ": " + failed.message(), "give another folder"};
    struct File {
        std::string_view name;
        std::string bytes;
    };
    for (File const& file : {File{source_form.file, sources_csv(*knowledge)}, File{entity_form.file, entities_csv(*knowledge)},
                             File{fact_form.file, facts_csv(*knowledge)}, File{faq_form.file, faq_csv(*knowledge)}, File{asking_form.file, questions_csv(*knowledge)}})
        if (auto written = write_file(folder + '/' + std::string(file.name), file.bytes); !written)
            return written.error();
    return report_of(*knowledge);
}

}  // namespace immunobot::knowledge
