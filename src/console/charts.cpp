// What was asked, as five tables; a script draws each as a chart beside it.
#include "console/routes.hpp"
#include "base/date.hpp"
#include "text/csv.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace immunobot::console {
namespace {

using Counts = std::vector<knowledge::Figures::Count>;

constexpr std::size_t most_groups = 10;

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

Chart listed(Page const& page, std::string key, std::string_view shape, std::string_view first, Counts const& counts)
{
    Chart chart{std::move(key), shape, {page.say(first), page.say("charts.count")}, {}};
    for (auto const& one : counts)
        chart.rows.push_back({one.what, std::to_string(one.count)});
    return chart;
}

Chart groups(Page const& page)
{
    Chart chart{"unanswered", "rows", {page.say("charts.question"), page.say("charts.count")}, {}};
    if (auto const all = page.desk.queue.groups())
        for (auto const& group : *all)
            if ((group.state == "new" || group.state == "taken") && chart.rows.size() < most_groups)
                chart.rows.push_back({group.question, std::to_string(group.count)});
    return chart;
}

Result<std::vector<Chart>> charts_of(Page const& page)
{
    auto const figures = page.desk.store.with([&](auto& store) { return store.figures(since(days_of(page))); });
    if (!figures)
        return figures.error();
    std::vector<Chart> all;
    all.push_back(crossed("channels", "bar", page.say("charts.day"), figures->channels, [](std::string const& channel) { return channel; }));
    all.push_back(crossed("statuses", "line", page.say("charts.day"), figures->statuses, [&](std::string const& status) { return page.say("status." + status); }));
    all.push_back(listed(page, "intents", "rows", "charts.intent", figures->intents));
    all.push_back(groups(page));
    all.push_back(crossed("thumbs", "rows", page.say("charts.answer"), figures->thumbs, [&](std::string const& thumb) { return page.say("charts." + thumb); }));
    all.push_back(listed(page, "languages", "", "charts.language", figures->languages));
    all.push_back(listed(page, "hours", "", "charts.hour", figures->hours));
    return all;
}

void put_table(Html& html, Page const& page, Chart const& chart)
{
    html("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"", page.say("charts." + chart.key), "\"><table><caption class=\"unseen\">", page.say("charts." + chart.key), "</caption><thead><tr>");
    for (auto const& name : chart.head)
        html("<th scope=\"col\">", name, "</th>");
    html("</tr></thead><tbody>\n");
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

}  // namespace

void get_charts(Page& page)
{
    auto const charts = charts_of(page);
    if (!charts)
        return page.fail(charts.error());
    Html main;
    main("<h1>", page.say("charts.title"), "</h1>\n<p class=\"lead\">", page.say("charts.lead"), "</p>\n<nav class=\"tabs\" aria-label=\"", page.say("charts.span"), "\"><ul>");
    for (auto const days : {7, 30, 90}) {
        main("<li><a href=\"/console/charts?days=", days, "\"");
        if (days == days_of(page))
            main(" aria-current=\"page\"");
        main(">", pages::count("console.charts.days", static_cast<std::size_t>(days), page.language), "</a></li>");
    }
    main("</ul></nav>\n<div class=\"charts\">\n");
    for (auto const& chart : *charts)
        put_chart(main, page, chart);
    main("</div>\n");
    page.has_charts = true;
    page.show(page.say("charts.title"), main);
}

void get_chart_csv(Page& page)
{
    auto const charts = charts_of(page);
    if (!charts)
        return page.fail(charts.error());
    auto const found = std::ranges::find(*charts, page.id, &Chart::key);
    if (found == charts->end())
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
