// Tells when a file of some folders was changed, by looking at times and sizes. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace immunobot::app {

class FileWatch {
public:
    explicit FileWatch(std::vector<std::string> folders);

    // True once after each change. A folder that cannot be read counts as unchanged.
    bool changed();

private:
    std::uint64_t look() const;

    std::vector<std::string> folders_;
    std::uint64_t seen_;
};

}  // namespace immunobot::app
