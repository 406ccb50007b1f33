// What administrators choose for the whole desk, and below it, to be read only, what was decided where the server is started.
#include "console/parts.hpp"
#include "console/routes.hpp"

namespace immunobot::console {
namespace {

std::string setting_key(std::string_view name)
{
    return "setting." + std::string(name);
}

void put_setting(Html& html, Page const& page, knowledge::SettingForm const& form, std::string_view now)
{
    auto const key = setting_key(form.name);
    html("<section><h2>", page.say(key), "</h2><p>", page.say(key + ".lead"), "</p>\n");
    page.begin_form(html, address("setting", form.name), "card");
    html("<fieldset class=\"entry\"><legend>", page.say(key), "</legend>");
    for (auto const value : form.values) {
        html("<label class=\"check\"><input type=\"radio\" name=\"value\" value=\"", value, "\"");
        if (value == now)
            html(" checked");
        html("> ", page.say(key + '.' + std::string(value)), "</label>");
    }
    html("</fieldset>");
    page.button(html, "settings.choose");
    html("</form></section>\n");
}

// The name of its text: "--keep-days" is settings.option.keep-days.
std::string option_key(std::string_view name)
{
    std::string key = "settings.option.";
    for (char const c : name.substr(name.starts_with("--") ? 2 : 0))
        key += c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return key;
}

void put_option(Html& html, Page const& page, staff::Desk::Option const& option)
{
    html("<tr><th scope=\"row\"><code>", option.name, "</code></th><td>", page.say(option_key(option.name)), "</td><td>");
    if (option.values.empty())
        html(page.say("settings.option.none"));
    else if (option.secret)
        html(page.say("settings.option.secret"));
    else
        for (auto const& value : option.values)
            html("<code>", value, "</code> ");
    html("</td></tr>\n");
}

void put_command_line(Html& html, Page const& page)
{
    html("<section><h2>", page.say("settings.fixed"), "</h2>\n<p>", kept_note(page), "</p>\n<p>", page.say("settings.fixed.lead"), "</p>\n");
    if (!page.desk.command_line.empty()) {
        begin_table(html, page, "settings.fixed", "settings.fixed.caption", {"settings.option", "settings.option.what", "settings.option.value"});
        for (auto const& option : page.desk.command_line)
            put_option(html, page, option);
        html("</tbody></table></div>");
    }
    html("</section>\n");
}

}  // namespace

void get_settings(Page& page)
{
    Html main;
    main("<h1>", page.say("settings.title"), "</h1>\n<p class=\"lead\">", page.say("settings.lead"), "</p>\n");
    for (auto const& form : knowledge::setting_forms()) {
        auto const now = page.desk.settings.value(form.name);
        if (!now)
            return page.fail(now.error());
        put_setting(main, page, form, *now);
    }
    main("<p><a href=\"/console/audit?words=setting.change\">", page.say("settings.audit"), "</a></p>\n");
    put_command_line(main, page);
    page.show(page.say("settings.title"), main);
}

void post_setting(Page& page)
{
    auto const value = page.form.text("value");
    auto const before = page.desk.settings.choose(page.person(), page.id, value);
    if (!before)
        return page.fail(before.error());
    if (*before == value)
        return page.go("/console/settings", "setting-same");
    knowledge::Decided decision;
    decision.what = "setting.change";
    decision.target = page.id;
    decision.setting = knowledge::Decided::OfSetting{page.id, *before, std::string(value)};
    page.go("/console/settings", "setting", {.act = page.desk.undo.keep(page.person(), std::move(decision))});
}

}  // namespace immunobot::console
