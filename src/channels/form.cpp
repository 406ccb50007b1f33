#include "channels/form.hpp"

#include "text/form_fields.hpp"

#include <algorithm>

namespace immunobot::channels {
namespace {

Error bad(std::string why)
{
    return Error{Errc::bad_request, std::move(why)};
}

}  // namespace

Result<Form> Form::parse(std::string_view text, std::size_t most, Repeated repeated)
{
    Form form;
    auto const read = text::each_form_field(text, [&](std::string name, std::string value) -> Result<> {
        if (form.has(name)) {
            if (repeated == Repeated::refused)
                return bad("a field occurs twice");
            form.blank(name);
            return {};
        }
        if (form.fields_.size() == most)
            return bad("there are more than " + std::to_string(most) + " fields");
        form.fields_.emplace_back(std::move(name), std::move(value));
        return {};
    });
    if (!read)
        return read.error();
    return form;
}

void Form::blank(std::string_view name)
{
    for (auto& [known, value] : fields_)
        if (known == name)
            value.clear();
}

std::string_view Form::text(std::string_view name) const&
{
    for (auto const& [known, value] : fields_)
        if (known == name)
            return value;
    return {};
}

bool Form::has(std::string_view name) const
{
    return std::ranges::any_of(fields_, [&](auto const& field) { return field.first == name; });
}

}  // namespace immunobot::channels
