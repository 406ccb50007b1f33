// What is kept of a message about somebody's health: nothing, not even what it was answered beside the advice to see a doctor.
#include "../knowledge/support.hpp"
#include "assistant/assistant.hpp"
#include "knowledge/sqlite.hpp"
#include "knowledge/journal.hpp"
#include "server/assistant_backend.hpp"

using namespace immunobot;
using namespace immunobot::server;

TEST_CASE("of a health message neither words nor what it was about are kept", "[server]")
{
    knowledge::tests::TemporaryFolder const folder;
    std::string const database = folder / "db";
    knowledge::tests::import_ok(database, knowledge::tests::shipped);
    std::string const root = IMMUNOBOT_ROOT;
    auto bot = assistant::Assistant::create({database, root + "/intents", root + "/data"}).value();
    auto journal = knowledge::Journal::open(database, {}).value();
    auto services = AssistantServices::create(*bot, *journal, database).value();
    auto backend = services->backend().value();
    std::string const conversation = "api:0123456789abcdef0123456789abcdef";
    auto const ask = [&](char const* text, char const* id) { return backend->answer({text, conversation, std::nullopt, false, "api"}, id).value(); };

    auto const known = ask("je suis une ancienne malade du sein, c'est quoi au juste l'immunotherapie", "r1");
    REQUIRE(known.private_text);
    REQUIRE_FALSE(known.facts.empty());
    CHECK(ask("should I stop my chemo?", "r2").private_text);
    REQUIRE(journal->flush().has_value());

    auto opened = knowledge::Database::open(database, knowledge::Access::read).value();
    CHECK(opened.integer("SELECT count(*) FROM question_log").value() == 2);
    CHECK(opened.integer("SELECT count(*) FROM question_log WHERE text <> '' OR facts <> '' OR answer <> ''").value() == 0);
    auto const turns = journal->transcript(conversation).value();
    REQUIRE(turns.size() == 2);   // that a doctor was recommended may be shown again
    for (auto const& turn : turns) {
        CHECK(turn.question.empty());
        CHECK(turn.reply_json.find(known.facts[0]) == std::string::npos);
        CHECK(turn.reply_json.find("mmunoth") == std::string::npos);
        CHECK(turn.reply_json.find("\"safety\"") != std::string::npos);
    }
}
