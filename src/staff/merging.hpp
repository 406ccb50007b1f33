// Two people have changed one text since both saw it: what becomes of it, field by field. What only one of them has touched is as
// they left it; of lists both changes are made; what both have written anew is for a person to decide. Pure.
#pragma once

#include "knowledge/staff_model.hpp"

#include <string>
#include <vector>

namespace immunobot::staff {

struct MergedField {
    enum class Fate {
        same,     // nobody changed it, or both to the same
        mine,     // only I did
        theirs,   // only the others did
        joined,   // both changed the list, and both changes are in it
        clash,    // both did, otherwise: `merged` is mine
    };
    std::string name;
    std::string was;
    std::string mine;
    std::string theirs;
    std::string merged = {};
    Fate fate = Fate::same;
};

// Of one text.
MergedField merge_texts(std::string name, std::string was, std::string mine, std::string theirs);
// Of a list with an item in each line.
MergedField merge_lines(std::string name, std::string was, std::string mine, std::string theirs);

struct MergedAnswer {
    knowledge::Answer answer;
    std::vector<MergedField> fields;
    bool clashes() const;
};
MergedAnswer merge(knowledge::Answer const& was, knowledge::Answer const& mine, knowledge::Answer const& theirs);

}  // namespace immunobot::staff
