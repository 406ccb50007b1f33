// What was asked, as five tables; a script draws each as a chart beside it.
#include "base/date.hpp"
#include "channels/channel.hpp"
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "text/csv.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace immunobot::console {
namespace {

using Counts = std::vector<knowledge::Figures::Count>;

constexpr std::size_t longest_title = 100;   // characters
constexpr std::int64_t micros_a_second = 1'000'000;

struct Chart {
    std::string key;
    std::string_view shape;                        // for the script: "bar", "rows" (bars that lie), "line"
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows;    // the first of each is what it is about, the others are numbers
};

std::int64_t days_of(Page const& page)
{
    auto const days = page.query.number("days");
    return days == 7 || days == 90 ? days : 30;
}

std::int64_t since(std::int64_t days)
{
    return seconds_now() - days * seconds_a_day;
}

// What the answer is called to which `facts` were told: ids with '|' between; more than one is that and others.
std::string answer_name(Page const& page, std::string const& facts)
{
    auto const bar = facts.find('|');
    auto const id = facts.substr(0, bar);
    auto const found = page.desk.search.one(id);
    if (!found || !*found)
        return id;
    auto const& question = (*found)->question.in(page.language);
    std::string const whole = question.empty() ? (*found)->answer.in(page.language) : question;
    std::string name(text::prefix(whole, longest_title));
    if (name.size() < whole.size() || bar != std::string::npos)
        name += "\u2026";
    return name;
}

// "0.4 ms"
std::string spoken_time(std::int64_t micros, Language language)
{
    if (micros >= micros_a_second / 100)
        return pages::spoken_number(static_cast<std::size_t>((micros + 500) / 1000), language) + " ms";
    auto const tenths = (micros + 50) / 100;
    return std::to_string(tenths / 10) + (language == Language::fr ? "," : ".") + std::to_string(tenths % 10) + " ms";
}

// One row for each `what`, one column for each `which`; `name` says the columns.
template <class Name>
Chart crossed(std::string key, std::string_view shape, std::string first, Counts const& counts, Name name)
{
    std::map<std::string, std::map<std::string, std::int64_t>> rows;
    std::set<std::string> columns;
    std::vector<std::string> order;
    for (auto const& one : counts) {
        if (!rows.contains(one.what))
            order.push_back(one.what);
        rows[one.what][one.which] += one.count;
        columns.insert(one.which);
    }
    Chart chart{std::move(key), shape, {std::move(first)}, {}};
    for (auto const& column : columns)
        chart.head.push_back(name(column));
    for (auto const& what : order) {
        std::vector<std::string> row = {what};
        for (auto const& column : columns)
            row.push_back(std::to_string(rows[what][column]));
        chart.rows.push_back(std::move(row));
    }
    return chart;
}

// `name` says what is counted.
template <class Name>
Chart listed(Page const& page, std::string key, std::string_view shape, std::string_view first, Counts const& counts, Name name)
{
    Chart chart{std::move(key), shape, {page.say(first), page.say("charts.count")}, {}};
    for (auto const& one : counts)
        chart.rows.push_back({name(one.what), std::to_string(one.count)});
    return chart;
}

// What has come since goes to its group first, to be counted with it.
Result<knowledge::Figures> figures_of(Page const& page)
{
    if (auto const grouped = page.desk.queue.groups(); !grouped)
        return grouped.error();
    return page.desk.store.with([&](auto& store) { return store.figures(since(days_of(page))); });
}

std::vector<Chart> charts_of(Page const& page, knowledge::Figures const& figures)
{
    auto const same = [](std::string const& name) { return name; };
    std::vector<Chart> all;
    all.push_back(crossed("channels", "bar", page.say("charts.day"), figures.channels, [&](std::string const& channel) { return channel_name(page, channel); }));
    all.push_back(crossed("statuses", "line", page.say("charts.day"), figures.statuses, [&](std::string const& status) { return page.say("status." + status); }));
    all.push_back(listed(page, "intents", "rows", "charts.intent", figures.intents, [&](std::string const& intent) { return page.desk.guesses.title(intent).in(page.language); }));
    all.push_back(listed(page, "unanswered", "rows", "charts.question", figures.waiting, same));
    auto thumbs = crossed("thumbs", "rows", page.say("charts.answer"), figures.thumbs, [&](std::string const& thumb) { return page.say("charts." + thumb); });
    for (auto& row : thumbs.rows)
        row[0] = answer_name(page, row[0]);
    all.push_back(std::move(thumbs));
    all.push_back(listed(page, "languages", "", "charts.language", figures.languages, [&](std::string const& language) { return page.say("charts.language." + language); }));
    all.push_back(listed(page, "hours", "", "charts.hour", figures.hours, same));
    return all;
}

void put_table(Html& html, Page const& page, Chart const& chart)
{
    begin_table(html, page.say("charts." + chart.key), {}, chart.head);
    for (auto const& row : chart.rows) {
        html("<tr><th scope=\"row\">", row[0], "</th>");
        for (std::size_t i = 1; i < row.size(); ++i)
            html("<td>", row[i], "</td>");
        html("</tr>\n");
    }
    html("</tbody></table></div>");
}

void put_chart(Html& html, Page const& page, Chart const& chart)
{
    html("<section class=\"chart\"");
    if (!chart.shape.empty())
        html(" data-chart=\"", chart.shape, "\"");
    html("><h2>", page.say("charts." + chart.key), "</h2>");
    if (chart.rows.empty()) {
        html("<p>", page.say("charts.none"), "</p></section>\n");
        return;
    }
    html("<details class=\"figures\" open><summary>", page.say("charts.table"), "</summary>");
    put_table(html, page, chart);
    html("<p><a href=\"", address("chart", chart.key), "?days=", days_of(page), "\">", page.say("charts.csv"), "<span class=\"unseen\"> : ", page.say("charts." + chart.key), "</span></a></p></details></section>\n");
}

// How fast answers are, and how long what is counted here is kept.
void put_notes(Html& html, Page const& page, knowledge::Figures const& figures)
{
    html("<p>");
    if (figures.median_took > 0)
        html(page.say("charts.median", {{"time", spoken_time(figures.median_took, page.language)}}), " ");
    auto const days = static_cast<std::size_t>(page.desk.keep_days);
    html(days == 0 ? page.say("charts.not-kept") : pages::count("console.charts.kept", days, page.language), "</p>\n");
}

}  // namespace

std::string channel_name(Page const& page, std::string_view channel)
{
    if (auto const* const known = channels::channel_named(channel))
        return std::string(known->title);
    auto const key = "channel." + std::string(channel);
    return pages::has_text("console." + key) ? page.say(key) : std::string(channel);
}

void get_charts(Page& page)
{
    auto const figures = figures_of(page);
    if (!figures)
        return page.fail(figures.error());
    auto const charts = charts_of(page, *figures);
    Html main;
    main("<h1>", page.say("charts.title"), "</h1>\n<p class=\"lead\">", page.say("charts.lead"), "</p>\n<nav class=\"tabs\" aria-label=\"", page.say("charts.span"), "\"><ul>");
    for (auto const days : {7, 30, 90}) {
        main("<li><a href=\"/console/charts?days=", days, "\"");
        if (days == days_of(page))
            main(" aria-current=\"page\"");
        main(">", pages::count("console.charts.days", static_cast<std::size_t>(days), page.language), "</a></li>");
    }
    main("</ul></nav>\n");
    put_notes(main, page, *figures);
    main("<div class=\"charts\">\n");
    for (auto const& chart : charts)
        put_chart(main, page, chart);
    main("</div>\n");
    page.has_charts = true;
    page.show(page.say("charts.title"), main);
}

void get_chart_csv(Page& page)
{
    auto const figures = figures_of(page);
    if (!figures)
        return page.fail(figures.error());
    auto const charts = charts_of(page, *figures);
    auto const found = std::ranges::find(charts, page.id, &Chart::key);
    if (found == charts.end())
        return page.fail(404, "fail.not-found");
    auto const put = [&](std::vector<std::string> const& row) {
        std::vector<std::string> guarded;
        for (auto const& cell : row)
            guarded.push_back(text::guard_formula(cell));
        text::write_csv_row(page.response.body, {guarded.begin(), guarded.end()});
    };
    put(found->head);
    for (auto const& row : found->rows)
        put(row);
    page.response.type = "text/csv; charset=utf-8";
    page.response.file_name = page.id + ".csv";
}

}  // namespace immunobot::console
