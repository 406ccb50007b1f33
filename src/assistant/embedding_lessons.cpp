#include "assistant/embedding_lessons.hpp"

#include "base/digest.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using intents::EmbeddingModel;

class Reader {
public:
    Reader(knowledge::Knowledge const& knowledge, Linker const& linker) : knowledge_(knowledge), linker_(linker) {}

    void add(std::string_view question, std::string const& label)
    {
        text::tokenise(question, tokens_);
        words_.clear();
        links_.clear();
        names_.clear();
        for (std::size_t i = 0; i < tokens_.size(); ++i)
            words_.push_back(tokens_.word(i));
        linker_.find(tokens_, words_, links_);
        for (auto const& link : links_)
            names_.push_back(knowledge_.entities[link.entity].id);
        add_lesson(label);
        if (lessons.size() % 2 == 0 && leave_out_apostrophes())
            add_lesson(label);
    }

    std::vector<intents::EmbeddingLesson> lessons;

private:
    void add_lesson(std::string const& label)
    {
        intents::EmbeddingLesson lesson;
        lesson.label = label;
        EmbeddingModel::add_features(words_, names_, lesson.features);
        lessons.push_back(std::move(lesson));
    }

    // "whos", "cest", "lhopital": as people type on a phone. False if there are none.
    bool leave_out_apostrophes()
    {
        joined_.clear();
        std::size_t joins = 0;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            bool const joined = i > 0 && tokens_.list[i - 1].elided;
            joins += joined;
            if (joined)
                joined_.back() += words_[i];
            else
                joined_.emplace_back(words_[i]);
        }
        words_.assign(joined_.begin(), joined_.end());
        return joins > 0;
    }

    knowledge::Knowledge const& knowledge_;
    Linker const& linker_;
    text::Tokens tokens_;
    std::vector<std::string_view> words_;
    std::vector<std::string> joined_;
    std::vector<std::string_view> names_;
    std::vector<Link> links_;
};

// Calls take(question, label) for all that is learned from; what nothing answers has no label.
template <class Take>
void each_question(knowledge::Knowledge const& knowledge, std::vector<intents::Refusal> const& refusals, Take const& take)
{
    auto const each_of = [&](auto const& asked) {
        for (auto const* questions : {&asked.questions_en, &asked.questions_fr})
            for (auto const& question : *questions)
                take(question, asked.id);
    };
    std::ranges::for_each(knowledge.askings, each_of);
    std::ranges::for_each(knowledge.faq, each_of);
    for (auto const& refusal : refusals)
        if (refusal.question.find('{') == std::string::npos)
            take(refusal.question, std::string());
}

}  // namespace

std::vector<intents::EmbeddingLesson> embedding_lessons(knowledge::Knowledge const& knowledge, std::vector<intents::Refusal> const& refusals, Linker const& linker)
{
    Reader reader(knowledge, linker);
    each_question(knowledge, refusals, [&](std::string const& question, std::string const& label) { reader.add(question, label); });
    return std::move(reader.lessons);
}

std::string digest_of(knowledge::Knowledge const& knowledge, std::vector<intents::Refusal> const& refusals)
{
    Digest digest;
    each_question(knowledge, refusals, [&](std::string const& question, std::string const& label) { digest.add(label).add(question); });
    return digest.text();
}

void embedding_features(Snapshot const& snapshot, Analysis const& analysis, std::vector<EmbeddingModel::Feature>& out)
{
    std::vector<std::string_view> words, names;
    for (auto const& word : analysis.words)
        words.push_back(word.folded);
    for (auto const& link : analysis.links)
        names.push_back(snapshot.entities[link.entity].id);
    out.clear();
    EmbeddingModel::add_features(words, names, out);
}

}  // namespace immunobot::assistant
