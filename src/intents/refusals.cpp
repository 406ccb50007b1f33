#include "intents/refusals.hpp"

#include "text/csv.hpp"

#include <fstream>
#include <sstream>

namespace immunobot::intents {

std::vector<Refusal> read_refusals(std::string const& folder, Diagnostics& found)
{
    std::string const path = folder + "/refusals.csv";
    std::ifstream stream(path, std::ios::binary);
    std::vector<Refusal> out;
    if (!stream)
        return out;
    std::ostringstream content;
    content << stream.rdbuf();
    auto const table = text::read_csv(content.str(), path, {"language", "question"}, {}, found);
    for (auto const& row : table.rows) {
        if (row[0].value != "en" && row[0].value != "fr") {
            found.push_back({Severity::error, "L010", path, row[0].line, row[0].column, {}, "'" + row[0].value + "' is no language of the bot", "write en or fr"});
            continue;
        }
        out.push_back({row[0].value == "fr" ? Language::fr : Language::en, row[1].value});
    }
    return out;
}

}  // namespace immunobot::intents
