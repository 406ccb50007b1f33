// Trees as C++, to be included between the braces of an array.
#pragma once

#include "assistant/confidence_trees.hpp"

#include <iomanip>
#include <ostream>
#include <type_traits>
#include <vector>

namespace immunobot::bench {

inline void write_trees(std::ostream& out, char const* author, std::vector<assistant::ConfidenceTree> const& trees)
{
    auto const list = [&](auto const& values) {
        out << '{';
        for (auto const value : values)
            if constexpr (std::is_floating_point_v<std::remove_const_t<decltype(value)>>)
                out << std::scientific << value << "f,";
            else
                out << +value << ',';
        out << '}';
    };
    out << "// Written by " << author << ".\n" << std::setprecision(4);
    for (auto const& tree : trees) {
        out << "{{";
        list(tree.inputs);
        out << "},{";
        list(tree.most_left);
        out << "},{";
        list(tree.leaves);
        out << "}},\n";
    }
}

}  // namespace immunobot::bench
