#include "server/assistant_backend.hpp"

#include "assistant/assistant.hpp"
#include "assistant/json.hpp"
#include "assistant/snapshot.hpp"
#include "base/local_time.hpp"
#include "knowledge/sha256.hpp"
#include "server/conversation_id.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace immunobot::server {
namespace {

constexpr std::size_t most_hits = 500;

// The reply as a transcript keeps it: without its explanation; of a health message the fixed advice alone.
std::string shown_again(assistant::Reply& reply)
{
    if (reply.private_text) {
        assistant::Reply advice;
        advice.id = reply.id;
        advice.answer = reply.advice;
        advice.status = reply.status;
        advice.language = reply.language;
        advice.intent = reply.intent;
        advice.confidence = reply.confidence;
        return assistant::to_json(advice);
    }
    auto explanation = std::exchange(reply.explanation, nullptr);
    auto json = assistant::to_json(reply);
    reply.explanation = std::move(explanation);
    return json;
}

class AssistantBackend : public Backend {
public:
    AssistantBackend(assistant::Assistant& assistant, assistant::Assistant::Worker worker, knowledge::Reader reader,
                     knowledge::Journal& journal, Catalogues& catalogues)
        : assistant_(assistant), worker_(std::move(worker)), reader_(std::move(reader)), journal_(journal),
          catalogues_(catalogues)
    {
    }

    Result<assistant::Reply> answer(assistant::Question const& question, std::string reply_id) override
    {
        auto const begin = std::chrono::steady_clock::now();
        auto reply = worker_.answer(question, today_here());
        auto const took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
        reply.id = std::move(reply_id);
        auto const from = assistant_.snapshot();
        journal_.record(knowledge::LoggedQuestion{
            .reply_id = reply.id,
            .conversation = question.conversation,
            .channel = question.channel,
            .text = reply.private_text ? std::string() : question.text,
            .language = reply.language,
            .status = std::string(assistant::name(reply.status)),
            .intent = reply.intent,
            .confidence = reply.confidence,
            .facts = reply.private_text ? std::vector<std::string>() : reply.facts,
            .reply_json = has_transcript(question.conversation) ? shown_again(reply) : std::string(),
            .revision = from->revision,
            .files = from->intents->files,
            .answer = reply.private_text ? std::string() : knowledge::sha256_hex(reply.answer),
            .took = std::max<std::int64_t>(took.count(), 1),
        });
        return reply;
    }

    std::vector<assistant::Suggestion> suggest(std::string_view typed, Language language, std::size_t limit) override
    {
        return worker_.suggest(typed, language, limit, today_here());
    }

    Result<FactPage> facts(FactQuery const& query) override
    {
        auto const catalogue = catalogues_.newest(reader_);
        if (!catalogue)
            return catalogue.error();
        if (query.words.empty())
            return (*catalogue)->facts(query);
        auto const hits = reader_.search(query.words, most_hits);
        if (!hits)
            return hits.error();
        std::vector<std::string_view> ids;
        for (auto const& hit : *hits)
            if (!hit.is_faq)
                ids.push_back(hit.id);
        return (*catalogue)->among(query, ids);
    }

    Result<EntityPage> entities(std::string_view kind, std::size_t limit, std::size_t offset) override
    {
        auto const catalogue = catalogues_.newest(reader_);
        if (!catalogue)
            return catalogue.error();
        return (*catalogue)->entities(kind, limit, offset);
    }

    Result<std::optional<EntityView>> entity(std::string_view id) override
    {
        auto const catalogue = catalogues_.newest(reader_);
        if (!catalogue)
            return catalogue.error();
        return (*catalogue)->entity(id);
    }

    Result<std::shared_ptr<knowledge::Knowledge const>> knowledge() override
    {
        auto const catalogue = catalogues_.newest(reader_);
        if (!catalogue)
            return catalogue.error();
        return std::shared_ptr<knowledge::Knowledge const>(*catalogue, &(*catalogue)->all());
    }

    assistant::Standing standing() override { return assistant_.standing(); }

    Result<> feedback(knowledge::Feedback feedback) override { return journal_.record(std::move(feedback)); }

    Result<std::vector<knowledge::Turn>> transcript(std::string_view conversation) override
    {
        return journal_.transcript(conversation);
    }

    // Memory first: what it holds would else be written again by the next answer.
    Result<> forget(std::string const& conversation) override
    {
        bool const known = assistant_.forget(conversation);
        auto const forgotten = journal_.forget(conversation);
        return known && !forgotten && forgotten.error().code == Errc::not_found ? Result<>() : forgotten;
    }

private:
    assistant::Assistant& assistant_;
    assistant::Assistant::Worker worker_;
    knowledge::Reader reader_;
    knowledge::Journal& journal_;
    Catalogues& catalogues_;
};

std::string one_line(Diagnostic const& problem)
{
    auto text = problem.file;
    if (problem.line > 0)
        text += ":" + std::to_string(problem.line);
    if (problem.column > 0)
        text += ":" + std::to_string(problem.column);
    text += problem.severity == Severity::error ? ": error " : ": warning ";
    return text + problem.code + ": " + problem.message;
}

}  // namespace

Result<std::unique_ptr<AssistantServices>> AssistantServices::create(assistant::Assistant& assistant,
                                                                     knowledge::Journal& journal, std::string database)
{
    auto probe = knowledge::Reader::open(database);
    if (!probe)
        return probe.error();
    return std::unique_ptr<AssistantServices>(
        new AssistantServices(assistant, journal, std::move(database), std::move(*probe)));
}

AssistantServices::AssistantServices(assistant::Assistant& assistant, knowledge::Journal& journal,
                                     std::string database, knowledge::Reader probe)
    : assistant_(assistant), journal_(journal), database_(std::move(database)), probe_(std::move(probe))
{
}

Result<std::unique_ptr<Backend>> AssistantServices::backend()
{
    auto worker = assistant_.worker();
    if (!worker)
        return worker.error();
    auto reader = knowledge::Reader::open(database_);
    if (!reader)
        return reader.error();
    return std::unique_ptr<Backend>(
        std::make_unique<AssistantBackend>(assistant_, std::move(*worker), std::move(*reader), journal_, catalogues_));
}

Health AssistantServices::health() const
{
    Health health;
    {
        std::lock_guard const lock(mutex_);
        health.ready = probe_.revision().has_value();
    }
    if (!health.ready)
        health.problems.push_back("the database cannot be read");
    for (auto const& problem : assistant_.problems())
        if (problem.severity == Severity::error)
            health.problems.push_back(one_line(problem));
    auto const size = assistant_.size();
    health.entities = size.entities;
    health.facts = size.facts;
    health.faq = size.faq;
    health.intents = size.intents;
    health.revision = size.revision;
    return health;
}

knowledge::Journal::Counters AssistantServices::journal() const
{
    return journal_.counters();
}

}  // namespace immunobot::server
