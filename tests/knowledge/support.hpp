// What the tests of the knowledge room share: folders that vanish, files, shipped data.
#pragma once

#include "base/diagnostic.hpp"
#include "knowledge/import.hpp"

#include <catch2/catch.hpp>

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace immunobot::knowledge::tests {

inline std::string const shipped = std::string(IMMUNOBOT_ROOT) + "/data";

class TemporaryFolder {
public:
    TemporaryFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "immunobot-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string const& path() const { return path_; }
    std::string operator/(std::string const& name) const { return path_ + '/' + name; }

private:
    std::string path_;
};

inline std::string read_bytes(std::string const& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_bytes(std::string const& path, std::string const& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

// A small valid folder; a test replaces what it is about.
inline std::map<std::string, std::string> small_folder()
{
    return {
        {"sources.csv", "id,title,publisher,url,published,seen\r\n"
                        "web,The page,The cluster,https://example.org/page,2020,2026-11-23\r\n"},
        {"entities.csv", "id,kind,name_en,name_fr,acronym,aliases,parent\r\n"
                         "lab,research_centre,The Lab,Le Labo,LAB,lab one|labo un,\r\n"
                         "unit,research_centre,The Unit,L'unit\u00e9,,,lab\r\n"},
        {"facts.csv", "id,entity,property,value,unit,text_en,text_fr,valid_from,valid_to,source,layer,review_by\r\n"
                      "lab.founded.1,lab,founded,1976,,The lab was founded in 1976.,Le labo a \u00e9t\u00e9 fond\u00e9 en 1976.,1976,,web,public,\r\n"
                      "unit.part_of.1,unit,part_of,lab,,The unit is part of the lab.,L'unit\u00e9 fait partie du labo.,,,web,public,\r\n"},
        {"faq.csv", "id,questions_en,questions_fr,answer_en,answer_fr,entity,source,valid_to,review_by\r\n"
                    "open,Is it open?|Opening?,C'est ouvert ?,\"Yes, it is.\",\"Oui, c'est ouvert.\",lab,web,,\r\n"}};
}

inline void write_folder(std::string const& path, std::map<std::string, std::string> const& files)
{
    std::filesystem::create_directories(path);
    for (auto const& [name, bytes] : files)
        write_bytes(path + '/' + name, bytes);
}

inline std::string all(Diagnostics const& found)
{
    std::string out;
    for (auto const& one : found)
        out += format(one);
    return out;
}

// What went wrong, so that a test that fails says it; empty: nothing.
template <class T>
std::string failure(Result<T> const& result)
{
    return result ? std::string() : result.error().message + " | " + result.error().hint;
}

inline ImportReport import_ok(std::string const& database, std::string const& folder, ImportOptions const& options = {})
{
    auto report = import_folder(database, folder, options);
    REQUIRE(failure(report) == "");
    INFO(all(report->diagnostics));
    REQUIRE_FALSE(has_errors(report->diagnostics));
    return *report;
}

}  // namespace immunobot::knowledge::tests
