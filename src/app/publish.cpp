#include "pages/publish.hpp"

#include "app/commands.hpp"
#include "assistant/about.hpp"
#include "assistant/wording.hpp"
#include "base/local_time.hpp"
#include "knowledge/reader.hpp"

#include <iostream>

namespace immunobot::app {
namespace {

Result<pages::Site> read_site(Settings const& settings)
{
    if (auto const made = make_database(settings); !made)
        return made.error();
    auto reader = knowledge::Reader::open(settings.database);
    if (!reader)
        return reader.error();
    auto knowledge = reader->load();
    if (!knowledge)
        return knowledge.error();
    Diagnostics found;   // are told by "check"
    auto standing = assistant::Wording::read(settings.data, found).standing();
    standing.about = assistant::about_entries(intents::read_intents(settings.intents, found));
    return pages::Site(std::make_shared<knowledge::Knowledge const>(std::move(*knowledge)), today_here(), std::move(standing));
}

}  // namespace

int publish(Settings const& settings)
{
    auto const site = read_site(settings);
    if (!site)
        return explain(site.error());
    auto const report = pages::publish(*site, {settings.arguments.at(0), settings.base, settings.language});
    if (!report)
        return explain(report.error());
    std::cout << (report->replaced ? "replaced " : "made ") << settings.arguments[0] << ": " << report->pages << " pages, " << report->files << " files, "
              << (report->bytes + 1023) / 1024 << " KiB, revision " << site->revision() << '\n';
    if (settings.base.empty())
        std::cout << "no --base: without sitemap and canonical addresses\n";
    return 0;
}

}  // namespace immunobot::app
