#include "assistant/embedding_lessons.hpp"

#include "base/digest.hpp"

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
    void add(std::vector<std::string> const& questions, std::string const& label)
    {
        for (auto const& question : questions)
            add(question, label);
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

}  // namespace

std::vector<intents::EmbeddingLesson> embedding_lessons(knowledge::Knowledge const& knowledge, std::vector<intents::Refusal> const& refusals, Linker const& linker)
{
    Reader reader(knowledge, linker);
    for (auto const& asking : knowledge.askings) {
        reader.add(asking.questions_en, asking.id);
        reader.add(asking.questions_fr, asking.id);
    }
    for (auto const& entry : knowledge.faq) {
        reader.add(entry.questions_en, entry.id);
        reader.add(entry.questions_fr, entry.id);
    }
    for (auto const& refusal : refusals)
        if (refusal.question.find('{') == std::string::npos)
            reader.add(refusal.question, "");
    return std::move(reader.lessons);
}

std::string digest_of(std::vector<intents::EmbeddingLesson> const& lessons)
{
    Digest digest;
    for (auto const& lesson : lessons) {
        digest.add(lesson.label);
        digest.add(std::string_view(reinterpret_cast<char const*>(lesson.features.data()), lesson.features.size() * sizeof(EmbeddingModel::Feature)));
    }
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
