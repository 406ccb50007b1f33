// Any bytes as a form with files: never a crash, and no part reaches beyond the body.
#include "text/multipart.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace immunobot;
    std::string_view const all(reinterpret_cast<char const*>(data), size);
    auto const line = all.find('\n');
    auto const type = all.substr(0, line);
    auto const body = line == std::string_view::npos ? all : all.substr(line + 1);
    auto const whole = [&](std::string_view view) { return view.empty() || (view.data() >= body.data() && view.data() + view.size() <= body.data() + body.size()); };
    static_cast<void>(text::each_form_part(type, body, [&](text::FormPart const& part) -> Result<> {
        if (!whole(part.name) || !whole(part.bytes))
            std::abort();
        return {};
    }));
    return 0;
}
