#include "assistant/about.hpp"

namespace immunobot::assistant {

std::vector<knowledge::FaqEntry> about_entries(std::vector<intents::Intent> const& intents)
{
    std::vector<knowledge::FaqEntry> out;
    for (auto const& intent : intents) {
        if (intent.page_question.en.empty())
            continue;
        knowledge::FaqEntry entry;
        entry.id = intent.id;
        entry.questions_en = {intent.page_question.en};
        entry.questions_fr = {intent.page_question.fr};
        entry.answer = {intent.says[0].front(), intent.says[1].front()};
        out.push_back(std::move(entry));
    }
    return out;
}

}  // namespace immunobot::assistant
