// A YAML document as our files use it: every scalar is text, keys are known or an error, and everything
// knows its line and column.
#pragma once

#include "base/diagnostic.hpp"

#include <yaml-cpp/yaml.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::intents {

// Reports problems of one file. Not thread-safe; lives as long as the parse.
class FileReport {
public:
    FileReport(std::string_view text, std::string const& file, Diagnostics& found);

    void error(YAML::Mark const& mark, std::string code, std::string message, std::string hint = {});
    void warning(YAML::Mark const& mark, std::string code, std::string message, std::string hint = {});
    bool failed() const { return failed_; }

    // Of a place, in characters from 1; YAML counts bytes from 0.
    std::size_t column(YAML::Mark const& mark) const;

    // Complains about keys of `map` that are not in `known` (with the nearest) or occur twice.
    // Returns false when `map` is no map at all.
    bool check_keys(YAML::Node const& map, std::string_view what, std::initializer_list<std::string_view> known);

    // The text of a scalar; complains about anything else.
    std::string scalar(YAML::Node const& node, std::string_view what);

    // A list of scalars; one scalar counts as a list of one.
    std::vector<YAML::Node> scalars(YAML::Node const& node, std::string_view what);

private:
    void add(Severity severity, YAML::Mark const& mark, std::string code, std::string message, std::string hint);

    std::vector<std::string> lines_;
    std::string const& file_;
    Diagnostics& found_;
    bool failed_ = false;
};

}  // namespace immunobot::intents
