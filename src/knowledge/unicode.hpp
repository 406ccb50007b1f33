// What the knowledge files need to know of Unicode beyond text/utf8.hpp: is it NFC, does it hide something. Of valid UTF-8. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace immunobot::knowledge {

bool is_nfc(std::string_view text);

// A letter, or an accent of its own.
bool is_letter(char32_t code);
bool is_capital(char32_t code);

// Byte offset of the first control, zero-width or direction-changing character (tab and line breaks are none); npos: none.
std::size_t find_invisible(std::string_view text);

// Whether anything of it shows: blanks, accents without a letter, and fillers that are drawn as nothing do not.
bool shows_something(std::string_view text);

// Byte offset of the first word that mixes Latin letters with Greek or Cyrillic ones that look like them; npos: none.
std::size_t find_mixed_script(std::string_view text);

// For comparing names: compatibility forms, lower case, no accents, ligatures opened, letters and digits only.
std::string name_key(std::string_view text);

// For full-text search: the ligatures oe and ae opened, which FTS5 does not do. The rest as it is.
std::string open_ligatures(std::string_view text);

}  // namespace immunobot::knowledge
