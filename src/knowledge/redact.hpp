// Masks what identifies a person before a text is written anywhere: [e-mail], [phone], [number], [name]. Pure, linear time.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::knowledge {

// Masks e-mail addresses; telephone numbers in French and international forms; French social-security numbers, IBANs,
// bank-card numbers and other long runs of digits; the names of those who say who they are (redact_names.hpp). Leaves years, dates, amounts ("96 000 000"), small numbers and
// names with digits (CD3+, IPH4502) alone. Any bytes are taken; what is no mask is copied as it is.
std::string redact(std::string_view text);

// redact(), after control characters have become blanks, bad UTF-8 has become U+FFFD and what is beyond `characters`
// has been cut off: the form in which a visitor's text may be stored.
std::string storable(std::string_view text, std::size_t characters);

}  // namespace immunobot::knowledge
