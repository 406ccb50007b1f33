#include "fake_backend.hpp"

#include "assistant/json.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

namespace immunobot::server {
namespace {

knowledge::Source const source{"seed", "About MI-FHU", "Example", "https://example.org/mi", "2015", "2026-11-23"};

knowledge::Entity const known_entity{
    "mi-fhu", "programme", {"MI-FHU \"quoted\"", "FHU-MI"}, "FHU", {"Marseille Immunopole FHU"}, "mi"};

knowledge::Fact const fact{"mi-fhu.founded.1", "mi-fhu", "founded", "2015", "", {"It was created in 2015.", "Cr\xc3\xa9\xc3\xa9 en 2015."},
                           "2015", "", "", "seed", "seed"};

knowledge::FaqEntry const faq{"what-is-it", {"What is it?"}, {"Qu'est-ce que c'est ?"}, {"A federation.", "Une f\xc3\xa9""d\xc3\xa9ration."}, "mi-fhu", "seed", "", ""};

class FakeBackend : public Backend {
public:
    explicit FakeBackend(FakeServices& services) : services_(services) {}

    Result<assistant::Reply> answer(assistant::Question const& question, std::string reply_id) override
    {
        ++services_.questions;
        if (question.text == "throw")
            throw std::runtime_error("SQL logic error near /home/secret/immunobot.db");
        if (question.text == "storage")
            return Error{Errc::storage, "disk I/O error in /var/lib/immunobot.db"};
        if (question.text == "slow")
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
        assistant::Reply reply;
        reply.id = std::move(reply_id);
        reply.answer = question.text == "long" ? std::string(1200, 'x') : "I have no fact about that.";
        if (question.text == "two")
            reply.answer = "First part.\n\nSecond part.";
        if (question.text == "who") {
            reply.answer = "FHU-MI and nobody. Write to a@example.org.";
            reply.mentions = {{0, 6, "mi-fhu"}, {11, 17, "gone"}};
        }
        reply.status = assistant::Status::answered;
        reply.language = question.hint.value_or(Language::en);
        reply.intent = "founded";
        reply.entities = {"mi-fhu"};
        reply.confidence = 0.93;
        reply.facts = {"mi-fhu.founded.1"};
        reply.sources = {{source.id, source.title, source.url, source.published, source.seen}};
        reply.suggestions = {{"Who supports it?", "Who supports the MI-FHU?"}};
        return reply;
    }

    std::vector<assistant::Suggestion> suggest(std::string_view, Language, std::size_t limit) override
    {
        return std::vector<assistant::Suggestion>(limit, {"Who supports it?", "Who supports the MI-FHU?"});
    }

    Result<FactPage> facts(FactQuery const& query) override
    {
        if (!query.entity.empty() && query.entity != known_entity.id)
            return FactPage{};
        return FactPage{{{fact, source}}, 1};
    }

    Result<EntityPage> entities(std::string_view, std::size_t, std::size_t) override
    {
        return EntityPage{{known_entity}, 1};
    }

    Result<std::optional<EntityView>> entity(std::string_view id) override
    {
        if (id != known_entity.id)
            return std::optional<EntityView>();
        return std::optional<EntityView>({known_entity, {"luminy"}, {{fact, source}}});
    }

    Result<std::shared_ptr<knowledge::Knowledge const>> knowledge() override
    {
        static auto const all = std::make_shared<knowledge::Knowledge const>(
            knowledge::Knowledge{{source}, {known_entity}, {fact}, {faq}, {{"mi-fhu.founded.1", {"When was it created?"}, {"Quand a-t-elle vu le jour ?"}}}, 1});
        return all;
    }

    assistant::Standing standing() override
    {
        return {{"On the federation, no medical advice.", "Sur la f\xC3\xA9" "d\xC3\xA9ration, aucun avis m\xC3\xA9" "dical."}, {"In an emergency, call 999.", "En cas d'urgence, appelez le 999."}};
    }

    Result<> feedback(knowledge::Feedback feedback) override
    {
        if (feedback.reply_id == "unknown")
            return Error{Errc::not_found, "no such reply"};
        if (feedback.reply_id == "busy")
            return Error{Errc::busy, "queue full"};
        return {};
    }

    Result<std::vector<knowledge::Turn>> transcript(std::string_view conversation) override
    {
        ++services_.looked_up;
        if (conversation == "api:storage-storage-storage")
            return Error{Errc::storage, "disk I/O error in /var/lib/immunobot.db"};
        if (conversation != "api:mi-fhu" && conversation != "api:caf\xc3\xa9 2/3")
            return std::vector<knowledge::Turn>();
        return std::vector<knowledge::Turn>{{"a1", 1'764'097'200, "I am [e-mail], \"when\"?", a_reply("a1")}, {"a2", 1'764'097'201, "", a_reply("a2")}};
    }

    Result<> forget(std::string const& conversation) override
    {
        services_.page_forgotten = conversation == "page:0123456789abcdef0123456789abcdef";
        return conversation == "api:mi-fhu" ? Result<>() : Error{Errc::not_found, "nothing is kept of this conversation"};
    }

private:
    static std::string a_reply(std::string id)
    {
        assistant::Reply reply;
        reply.id = std::move(id);
        reply.answer = "In 2015.";
        return assistant::to_json(reply);
    }

    FakeServices& services_;
};

}  // namespace

Result<std::unique_ptr<Backend>> FakeServices::backend()
{
    return std::unique_ptr<Backend>(std::make_unique<FakeBackend>(*this));
}

Health FakeServices::health() const
{
    Health health;
    health.ready = ready;
    if (broken_intents)
        health.problems = {"/home/someone/bot/intents/founded.yaml:12:3: error L010: unknown keyword"};
    health.facts = 1;
    return health;
}

knowledge::Journal::Counters FakeServices::journal() const
{
    return {7, 1, 0, 2};
}

}  // namespace immunobot::server
