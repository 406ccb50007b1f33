#include "server/answering.hpp"

namespace immunobot::server {

Result<assistant::Reply> answer(Context& context, assistant::Question const& question)
{
    auto const begin = std::chrono::steady_clock::now();
    auto reply = context.backend.answer(question, context.ids.next());
    if (!reply)
        return reply;
    context.metrics.answer_time.add(std::chrono::steady_clock::now() - begin);
    context.metrics.answers[static_cast<std::size_t>(reply->status)][static_cast<std::size_t>(reply->language)].add();
    context.note = {true, reply->status, reply->language};
    return reply;
}

}  // namespace immunobot::server
