// A folder of word lists for one test; it vanishes with it.
#pragma once

#include "base/diagnostic.hpp"
#include "intents/lexicon.hpp"

#include <catch2/catch.hpp>

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace immunobot::intents::tests {

class WordFolder {
public:
    // All lists are there, and empty.
    WordFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "immunobot-words-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
        write("words.csv", "class,en,fr\n");
        write("lexicon.csv", "concept,en,fr\n");
        write("forms.csv", "language,base,forms\n");
        write("common_en.txt", "");
        write("common_fr.txt", "");
    }
    WordFolder(WordFolder const&) = delete;
    WordFolder& operator=(WordFolder const&) = delete;
    ~WordFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    void write(std::string const& name, std::string const& content) const { std::ofstream(path_ + '/' + name, std::ios::binary) << content; }
    void remove(std::string const& name) const { std::filesystem::remove(path_ + '/' + name); }
    Lexicon read() { return Lexicon::read(path_, found); }
    std::string const& path() const { return path_; }
    std::string problems() const
    {
        std::string out;
        for (auto const& one : found)
            out += format(one);
        return out;
    }

    Diagnostics found;

private:
    std::string path_;
};

}  // namespace immunobot::intents::tests
