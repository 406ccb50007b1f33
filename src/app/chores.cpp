#include "app/commands.hpp"
#include "app/intent_tests.hpp"
#include "base/local_time.hpp"
#include "assistant/embedding_lessons.hpp"
#include "assistant/reachability.hpp"
#include "assistant/snapshot.hpp"
#include "assistant/wording.hpp"
#include "intents/evaluate.hpp"
#include "intents/intent.hpp"
#include "intents/lexicon.hpp"
#include "intents/lint.hpp"
#include "intents/matcher.hpp"
#include "intents/refusals.hpp"
#include "knowledge/backup.hpp"
#include "knowledge/export.hpp"
#include "knowledge/whole_json.hpp"
#include "knowledge/folder.hpp"
#include "knowledge/import.hpp"
#include "knowledge/schema.hpp"
#include "knowledge/vocabulary.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <utility>

namespace immunobot::app {
namespace {

void print(Diagnostics const& found)
{
    for (auto const& problem : found)
        std::cerr << format(problem);
}

std::string summary(knowledge::ImportCounts const& counts)
{
    return std::to_string(counts.added) + " added, " + std::to_string(counts.changed) + " changed, " + std::to_string(counts.removed) + " removed, " +
           std::to_string(counts.unchanged) + " unchanged";
}

// Rows that the files and the staff both changed: the staff's version stays, and somebody has to look.
std::string conflicts(std::vector<knowledge::LocalChange> const& changes)
{
    std::string out;
    for (auto const& change : changes)
        out += "conflict: " + change.kind + ' ' + change.row + " was changed here and in the files; it stays as staff have it\n";
    return out;
}

// "1 error", "2 errors"
std::string counted(std::ptrdiff_t number, std::string_view what)
{
    return std::to_string(number).append(" ").append(what).append(number == 1 ? "" : "s");
}

// L112: what `immunobot learn` made is of other questions than the files now have.
void find_old_lessons(assistant::Snapshot const& snapshot, knowledge::Knowledge const& knowledge, std::string const& data_folder, Diagnostics& found)
{
    std::string const path = data_folder + '/' + assistant::embeddings_file;
    if (!std::filesystem::exists(path))
        return;
    auto const model = intents::EmbeddingModel::load(path);
    if (!model)
        found.push_back({Severity::error, "I020", path, 0, 0, {}, model.error().message, model.error().hint});
    else if (model->origin() != assistant::digest_of(knowledge, snapshot.intents->refusals))
        found.push_back({Severity::warning, "L112", path, 0, 0, {}, "was learned from other questions than those of this folder", "learn them anew: immunobot learn"});
}

void look_closer(std::vector<intents::Intent> intents, std::shared_ptr<intents::Lexicon const> lexicon, std::vector<intents::Refusal> refusals,
                 knowledge::Knowledge const& knowledge, std::string const& data_folder, Diagnostics& found)
{
    intents::find_overlaps(intents, *lexicon, found);
    intents::find_dead_keywords(intents, found);
    assistant::find_intents_without_facts(intents, knowledge, found);
    auto set = std::make_shared<assistant::IntentSet>();
    set->lexicon = std::move(lexicon);
    set->matcher = std::make_shared<intents::Matcher const>(std::make_shared<std::vector<intents::Intent> const>(std::move(intents)), set->lexicon);
    set->refusals = std::move(refusals);
    assistant::Snapshot const snapshot(std::move(set), knowledge);
    assistant::find_unreached_facts(snapshot, knowledge, data_folder, found);
    find_old_lessons(snapshot, knowledge, data_folder, found);
}

int tell(Result<knowledge::DatabaseSummary> const& summary, std::string const& what)
{
    if (!summary)
        return explain(summary.error());
    std::cout << what << ": " << summary->facts << " facts, " << summary->entities << " entities, revision " << summary->revision << ", verified\n";
    return 0;
}

}  // namespace

int explain(Error const& error)
{
    std::cerr << "immunobot: " << error.message << '\n';
    if (!error.hint.empty())
        std::cerr << "  " << error.hint << '\n';
    return 1;
}

Result<> make_database(Settings const& settings)
{
    if (std::filesystem::exists(settings.database))
        return {};
    std::cerr << "making " << settings.database << " from " << settings.data << " ...\n";
    auto const made = knowledge::import_folder(settings.database, settings.data, {});
    if (!made)
        return made.error();
    if (made->applied)
        return {};
    print(made->diagnostics);
    return Error{Errc::bad_data, "the files in " + settings.data + " have errors", "mend them, then run immunobot import"};
}

Result<std::unique_ptr<assistant::Assistant>> open_assistant(Settings const& settings)
{
    if (auto const made = make_database(settings); !made)
        return made.error();
    return assistant::Assistant::create({settings.database, settings.intents, settings.data, settings.database + ".index"});
}

int import(Settings const& settings)
{
    std::string const folder = settings.arguments.empty() ? settings.data : settings.arguments[0];
    knowledge::ImportOptions options;
    options.dry_run = settings.dry_run;
    options.allow_removals = settings.allow_removals;
    options.today = today_here();
    auto const report = knowledge::import_folder(settings.database, folder, options);
    if (!report)
        return explain(report.error());
    print(report->diagnostics);
    if (has_errors(report->diagnostics)) {
        std::cerr << "nothing was changed\n";
        return 1;
    }
    std::cout << "entities  " << summary(report->entities) << "\nfacts     " << summary(report->facts) << "\nsources   " << summary(report->sources)
              << "\nfaq       " << summary(report->faq) << "\nquestions " << summary(report->askings) << '\n'
              << (report->kept > 0 ? "kept as staff have them: " + std::to_string(report->kept) + " rows\n" : std::string())
              << conflicts(report->conflicts)
              << (settings.dry_run ? "dry run: nothing was changed\n" : "revision " + std::to_string(report->revision) + '\n');
    return 0;
}

int export_folder(Settings const& settings)
{
    auto const& to = settings.arguments.at(0);
    auto const report = settings.json ? knowledge::export_json(settings.database, to) : knowledge::export_folder(settings.database, to);
    if (!report)
        return explain(report.error());
    std::cout << report->entities << " entities, " << report->facts << " facts, " << report->sources << " sources, " << report->faq << " FAQ entries, revision "
              << report->revision << " written to " << to << '\n';
    return 0;
}

int backup(Settings const& settings)
{
    return tell(knowledge::backup(settings.database, settings.arguments.at(0)), "copied to " + settings.arguments[0]);
}

int restore(Settings const& settings)
{
    return tell(knowledge::restore(settings.database, settings.arguments.at(0)), "restored to " + settings.database);
}

int migrate(Settings const& settings)
{
    auto const report = knowledge::migrate(settings.database);
    if (!report)
        return explain(report.error());
    std::cout << settings.database << " is up to date\n";
    return 0;
}

int check(Settings const& settings)
{
    Diagnostics found;
    auto const knowledge = knowledge::read_folder(settings.data, found);
    auto intents = intents::read_intents(settings.intents, found);
    auto const lexicon = std::make_shared<intents::Lexicon const>(intents::Lexicon::read(settings.data, found, knowledge::entity_kinds()));
    auto refusals = intents::read_refusals(settings.data, found);
    assistant::Wording::read(settings.data, found);
    // Weak spots are looked for in sound files alone: in broken ones they would be of something that is not there.
    if (knowledge && !has_errors(found))
        look_closer(std::move(intents), lexicon, std::move(refusals), *knowledge, settings.data, found);
    show_lines(found);
    print(found);
    auto const errors = std::ranges::count(found, Severity::error, &Diagnostic::severity);
    std::cout << counted(errors, "error") << ", " << counted(std::ssize(found) - errors, "warning") << '\n';
    return errors == 0 ? 0 : 1;
}

int test(Settings const& settings)
{
    auto const bot = open_assistant(settings);
    if (!bot)
        return explain(bot.error());
    auto worker = (*bot)->worker();
    if (!worker)
        return explain(worker.error());
    Diagnostics found;
    auto const intents = intents::read_intents(settings.intents, found);
    auto const outcomes = run_tests(*worker, intents, settings.arguments.empty() ? "" : settings.arguments[0]);
    std::ptrdiff_t failed = 0;
    for (auto const& outcome : outcomes)
        if (!outcome.fault.empty()) {
            ++failed;
            std::cout << outcome.intent->file << ':' << outcome.test->line << ": \"" << outcome.test->ask << "\": " << outcome.fault << "\n    " << outcome.answer << '\n';
        }
    if (!settings.junit.empty())
        if (std::ofstream file(settings.junit, std::ios::binary); !(file << junit(outcomes)).flush())
            return explain({Errc::storage, "cannot write " + settings.junit, {}});
    std::cout << std::ssize(outcomes) - failed << " passed, " << failed << " failed\n";
    return failed == 0 ? 0 : 1;
}

// The database, the intents and the data play no part: what is scored is the way of learning.
int eval(Settings const& settings)
{
    auto const done = intents::evaluate(settings.arguments.at(0), settings.arguments.at(1), settings.arguments.at(2), std::cout);
    return done ? 0 : explain(done.error());
}

}  // namespace immunobot::app
