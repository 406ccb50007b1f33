// Killed at any moment while the staff save, publish or import: what was before or what comes after is whole.
#include "knowledge/export.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/staff_store.hpp"
#include "staff_store_scene.hpp"
#include "support.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <random>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

// IMMUNOBOT_KILL_ROUNDS=50 for more than a look.
int kill_rounds()
{
    auto const* const wanted = std::getenv("IMMUNOBOT_KILL_ROUNDS");
    return wanted ? std::atoi(wanted) : 15;
}

// `work` in a process of its own, over and over until it is killed. True if that was what ended it.
bool run_until_killed(std::function<bool(int)> const& work, std::mt19937& chance)
{
    pid_t const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        for (int i = 0; i < 100'000; ++i)
            if (!work(i))
                ::_exit(1);
        ::_exit(0);
    }
    ::usleep(10'000 + static_cast<unsigned>(chance() % 50'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

}  // namespace

TEST_CASE("killed while saving, the old draft or the new one is whole", "[knowledge]")
{
    Fresh fresh;
    std::mt19937 chance(11);
    for (int round = 0; round < kill_rounds(); ++round) {
        std::optional<StaffStore> store;
        CHECK(run_until_killed(
            [&](int i) {
                if (!store)
                    store = StaffStore::open(fresh.path).value();
                auto const there = store->draft("parking").value();
                auto draft = draft_of("parking", std::to_string(round) + '.' + std::to_string(i));
                draft.version = there ? there->version : 0;
                return store->save(draft, act).has_value();
            },
            chance));
        auto const draft = fresh.store.draft("parking").value();
        if (!draft)
            continue;   // killed before the first
        auto const& entry = draft->answer.entry;
        CHECK(entry.answer.en == entry.answer.fr);
        CHECK(entry.questions_en == std::vector<std::string>{"Question " + entry.answer.en + "?"});
        // One line for each version, and nothing else.
        CHECK(static_cast<std::int64_t>(fresh.store.audit({{}, {}, 1'000'000, 0}).value().size()) == draft->version);
        CHECK_FALSE(fresh.store.first_broken_audit_row().value().has_value());
    }
}

TEST_CASE("killed while importing, all of the folder is there or nothing, and what staff published", "[knowledge]")
{
    Fresh fresh;
    REQUIRE(failure(publish(fresh.store, "parking", "0")) == "");
    auto more = small_folder();
    for (int i = 1; i <= 500; ++i) {
        auto const number = std::to_string(i);
        more["facts.csv"] += "unit.role." + number + ",unit,role," + number + ",,Role " + number + " of the unit.,R\u00f4le " + number + " de l'unit\u00e9.,,,web,public,\r\n";
    }
    write_folder(fresh.folder / "more", more);
    std::mt19937 chance(13);
    for (int round = 0; round < kill_rounds(); ++round) {
        CHECK(run_until_killed(
            [&](int i) {
                auto const report = import_folder(fresh.path, fresh.folder / (i % 2 == 0 ? "more" : "data"));
                return report && report->applied;
            },
            chance));
        auto reader = Reader::open(fresh.path).value();
        auto const all = reader.load().value();
        CHECK((all.facts.size() == 2 || all.facts.size() == 502));
        auto const row = reader.faq("parking").value();
        REQUIRE(row);
        CHECK(row->entry.answer.en == "0");
        CHECK_FALSE(fresh.store.first_broken_audit_row().value().has_value());
    }
    CHECK(import_ok(fresh.path, fresh.folder / "more").conflicts.empty());
    CHECK(Reader::open(fresh.path).value().load().value().facts.size() == 502);
}

TEST_CASE("killed while publishing, the old answer or the new one is whole", "[knowledge]")
{
    Fresh fresh;
    REQUIRE(failure(publish(fresh.store, "parking", "0")) == "");
    std::mt19937 chance(7);
    for (int round = 0; round < kill_rounds(); ++round) {
        std::optional<StaffStore> store;
        CHECK(run_until_killed(
            [&](int i) {
                if (!store)
                    store = StaffStore::open(fresh.path).value();
                return publish(*store, "parking", std::to_string(round) + '.' + std::to_string(i)).has_value();
            },
            chance));
        auto reader = Reader::open(fresh.path).value();
        auto const row = reader.faq("parking").value();
        REQUIRE(row);
        CHECK(row->entry.answer.en == row->entry.answer.fr);
        REQUIRE(row->entry.questions_en.size() == 1);
        CHECK(row->entry.questions_en[0] == "Question " + row->entry.answer.en + "?");
        CHECK(row->revision == reader.revision().value());
        CHECK_FALSE(fresh.store.first_broken_audit_row().value().has_value());
    }
}
