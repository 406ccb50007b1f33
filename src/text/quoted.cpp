#include "text/quoted.hpp"

namespace immunobot::text {

void append_quoted(std::string& out, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    std::size_t plain = 0;  // where the run of characters that need nothing began
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        bool const separator = byte == 0xe2 && text.size() - i > 2 && text[i + 1] == '\x80' &&
                               (text[i + 2] == '\xa8' || text[i + 2] == '\xa9');
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f && !separator)
            continue;
        out.append(text, plain, i - plain);
        if (byte == '"' || byte == '\\') {
            out += '\\';
            out += text[i];
        } else if (separator) {
            out += text[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else if (byte == '\n') {
            out += "\\n";
        } else {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
        plain = i + 1;
    }
    out.append(text, plain);
    out += '"';
}

}  // namespace immunobot::text
