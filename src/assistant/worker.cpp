// One thread's way from a question to its reply.
#include "assistant/assistant_impl.hpp"

#include "assistant/answering.hpp"
#include "assistant/compose.hpp"
#include "assistant/explain.hpp"
#include "assistant/plain_words.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace immunobot::assistant {
namespace {

constexpr std::size_t suggestions_tried = 3;  // for each that is wanted

Reply plain_reply(std::string answer, Status status, Language language)
{
    Reply reply;
    reply.answer = std::move(answer);
    reply.status = status;
    reply.language = language;
    return reply;
}

// "2" or "2." chooses what the reply before offered under that number.
std::string chosen_question(std::string_view text, Conversation const& conversation)
{
    auto const first = text.find_first_not_of(" \t\n");
    auto const last = text.find_last_not_of(" \t\n.)");
    if (first == std::string_view::npos || first != last || text[first] < '1' || text[first] > '9')
        return std::string(text);
    auto const number = static_cast<std::size_t>(text[first] - '1');
    return number < conversation.offered.size() ? conversation.offered[number] : std::string(text);
}

void remember(Conversation& conversation, std::string_view text, Decision const& decision, Reply const& reply, Answering const& answering)
{
    conversation.language = reply.language;
    conversation.offered.clear();
    for (auto const& suggestion : reply.suggestions)
        conversation.offered.push_back(suggestion.question);
    conversation.said += 1;
    conversation.typed = reply.corrections.empty() || reply.private_text ? std::string() : std::string(text);
    bool const silent = reply.status == Status::unknown || reply.status == Status::unsure;
    conversation.failures = silent ? conversation.failures + 1 : 0;
    if (decision.stopped) {
        if (!decision.undone)
            conversation = {};
        conversation.language = reply.language;
        return;
    }
    if (decision.fixed != PartDecision::none_intent || decision.parts.empty())
        return;
    auto const told = std::find_if(decision.parts.rbegin(), decision.parts.rend(), [](PartDecision const& part) { return !part.chosen.empty(); });
    answering.remember(conversation, told == decision.parts.rend() ? decision.parts.back() : *told);
}

// What to ask when nothing has been asked yet: the staff's choice.
std::vector<std::string> starters(Wording const& wording, Language language)
{
    std::vector<std::string> out;
    std::string_view rest = wording.say(Phrase::starters, language);
    while (!rest.empty()) {
        auto const end = std::min(rest.find('|'), rest.size());
        out.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

}  // namespace

std::shared_ptr<Snapshot const> Assistant::Worker::Impl::fresh_snapshot(knowledge::Reader::Hold& hold)
{
    auto snapshot = shared.current();
    auto const revision = reader.revision();
    storage_failed = !revision;
    if (!revision || *revision == snapshot->revision)
        return snapshot;
    // One compiles; the others answer from what there was until it is done.
    std::unique_lock const lock(shared.rebuild, std::try_to_lock);
    if (!lock.owns_lock())
        return snapshot;
    snapshot = shared.current();
    hold.release();  // compiling takes a while, and is of what there is by then
    if (*revision != snapshot->revision && !shared.rebuild_from(load(reader)))
        storage_failed = true;
    return shared.current();
}

Assistant::Worker::Worker(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Assistant::Worker::Worker(Worker&&) noexcept = default;
Assistant::Worker::~Worker() = default;

bool Assistant::Worker::storage_failed() const
{
    return impl_->storage_failed;
}

Reply Assistant::Worker::answer(Question const& question, Date const& today)
{
    auto& shared = impl_->shared;
    knowledge::Reader::Hold hold(impl_->reader);
    auto const snapshot = impl_->fresh_snapshot(hold);
    auto const wording = shared.current_wording();
    Language const default_language = question.say_in.value_or(question.hint.value_or(Language::en));
    if (text::length(question.text) > longest_question)
        return plain_reply(wording->say(Phrase::too_long, default_language), Status::unknown, default_language);
    Conversation conversation;
    if (!question.conversation.empty())
        conversation = shared.recall(question.conversation);
    std::string text = chosen_question(question.text, conversation);
    using Spelling = Analyser::Spelling;
    Answering answering(*snapshot, impl_->ranker, impl_->stemmer, question.as_typed ? Spelling::as_typed : Spelling::corrected, today);
    Decision decision = answering.decide(text, question.hint, conversation);
    if (decision.undone && !conversation.typed.empty()) {
        text = conversation.typed;
        decision = Answering(*snapshot, impl_->ranker, impl_->stemmer, Spelling::as_typed, today).decide(text, conversation.language, {});
    } else if (decision.undone) {
        decision.stopped = true;  // a no to what was told or offered: there is nothing to add
    }
    // Understood in the language that it was asked in, and said in the one that was chosen.
    for (auto& part : decision.parts)
        part.analysis.language = question.say_in.value_or(part.analysis.language);
    Composer composer(*snapshot, *wording, impl_->reader, today);
    auto composed = composer.compose(decision, conversation);
    impl_->storage_failed = impl_->storage_failed || !composed;
    if (!composed)
        return plain_reply(wording->say(Phrase::storage, default_language), Status::unknown, default_language);
    Reply reply = std::move(*composed);
    if (reply.answer.empty())
        reply.answer = wording->say(Phrase::unknown, reply.language);
    if (question.explain) {
        reply.explanation = explain(text, decision, *snapshot);
        reply.explanation->plain = plain_words(reply, decision, *snapshot, *wording);
    }
    if (auto const& kept = question.remembered_as.empty() ? question.conversation : question.remembered_as; !kept.empty()) {
        remember(conversation, text, decision, reply, answering);
        shared.keep(kept, std::move(conversation));
    }
    return reply;
}

// Each is asked before it is offered: what is suggested has to be answered.
std::vector<Suggestion> Assistant::Worker::suggest(std::string_view typed, Language language, std::size_t limit, Date const& today)
{
    knowledge::Reader::Hold hold(impl_->reader);
    auto const snapshot = impl_->fresh_snapshot(hold);
    hold.release();   // nothing more is read
    bool const begins = text::fold(typed).find_first_not_of(' ') == std::string::npos;
    auto const questions = begins ? starters(*impl_->shared.current_wording(), language)
                                  : impl_->shared.type_ahead_of(snapshot)->matching(typed, language, suggestions_tried * limit);
    Answering answering(*snapshot, impl_->ranker, impl_->stemmer, Analyser::Spelling::corrected, today);
    std::vector<Suggestion> out;
    for (auto const& question : questions) {
        auto const decision = answering.decide(question, language, {});
        bool const answered = !decision.parts.empty() && std::ranges::all_of(decision.parts, [](PartDecision const& part) { return !part.chosen.empty(); });
        if (answered)
            out.push_back({question, question});
        if (out.size() == limit)
            break;
    }
    return out;
}

}  // namespace immunobot::assistant
