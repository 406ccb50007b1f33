// immunobot learn: the embedding model of the data folder, made anew from its ways of asking.

#include "app/commands.hpp"
#include "assistant/embedding_lessons.hpp"
#include "assistant/snapshot.hpp"
#include "base/diagnostic.hpp"
#include "intents/lexicon.hpp"
#include "intents/refusals.hpp"
#include "knowledge/folder.hpp"

#include <iostream>

namespace immunobot::app {

int learn(Settings const& settings)
{
    Diagnostics found;
    auto const knowledge = knowledge::read_folder(settings.data, found);
    auto const lexicon = intents::Lexicon::read(settings.data, found);
    auto const refusals = intents::read_refusals(settings.data, found);
    if (!knowledge || has_errors(found)) {
        for (auto const& problem : found)
            std::cerr << format(problem);
        return explain({Errc::bad_data, "the data folder has errors", "mend them first; they are listed above and by: immunobot check"});
    }
    assistant::Linker const linker(knowledge->entities, [&](std::string_view word) { return lexicon.is_common(word); });
    auto lessons = assistant::embedding_lessons(*knowledge, refusals, linker);
    auto const count = lessons.size();
    auto const origin = assistant::digest_of(*knowledge, refusals);
    auto const model = intents::train_embeddings(std::move(lessons), origin, [](int done, int all) { std::cerr << "learning: round " << done << " of " << all << '\n'; });
    std::string const path = settings.data + '/' + assistant::embeddings_file;
    if (auto const saved = model.save(path); !saved)
        return explain(saved.error());
    std::cout << path << ": learned from " << count << " questions\n";
    return 0;
}

}  // namespace immunobot::app
