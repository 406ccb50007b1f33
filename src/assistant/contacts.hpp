// What can be followed in a plain text: e-mail and web addresses, telephone numbers, postal addresses. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

struct Contact {
    std::size_t begin = 0;   // bytes in the text
    std::size_t end = 0;
    std::string address;     // where it leads: mailto:, https://, http://, tel:, or a map
};

// In the order of the text. Before the byte `helplines` every short number is one to call, as in the advice to somebody in danger.
std::vector<Contact> contacts_in(std::string_view text, std::size_t helplines = 0);

}  // namespace immunobot::assistant
