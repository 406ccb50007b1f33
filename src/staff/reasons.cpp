#include "staff/reasons.hpp"

#include <algorithm>
#include <vector>

namespace immunobot::staff {
namespace {

// What stands where '*' is in the first comes in the same order in the others; where '@' is, an id whose title is told.
struct Saying {
    std::string_view english;
    std::string_view plain;    // the same for people, in English
    std::string_view french;
};

constexpr Saying sayings[] = {
    // languages
    {"en, by its words: * English, * French", "English, by its words (* English, * French)", "anglais, d'après ses mots (anglais *, français *)"},
    {"fr, by its words: * English, * French", "French, by its words (* English, * French)", "français, d'après ses mots (anglais *, français *)"},
    {"en, by the question before", "English, like the question before", "anglais, comme la question d'avant"},
    {"fr, by the question before", "French, like the question before", "français, comme la question d'avant"},
    {"en, by the page or channel", "English, like the page or channel", "anglais, comme la page ou le canal"},
    {"fr, by the page or channel", "French, like the page or channel", "français, comme la page ou le canal"},
    {"en, by nothing tells: English by default", "English, since nothing tells", "anglais, faute d'indice"},
    // steps
    {"fixed reply of the intent @ (*)", "fixed reply of the intent \"@\"", "réponse fixe de l'intention « @ »"},
    {"split into * questions", "split into * questions", "découpée en * questions"},
    {"intent @ (*) by its keywords: *", "intent \"@\" by its keywords", "intention « @ » d'après ses mots-clés"},
    {"a question of the FAQ", "a frequent question, word for word but for politeness", "une question fréquente, mot pour mot aux politesses près"},
    {"what answers this has ended or is still to come, and is not told", "what answers this has ended or is still to come, and is not told", "ce qui y répond est terminé ou à venir, et n'est pas dit"},
    {"read as \"*\": *", "read as \"*\": *", "lue comme « * » : *"},
    {"\"you\" is *", "\"you\" is *", "« vous » désigne *"},
    {"told apart by a number", "told apart by a number", "distingué par un numéro"},
    {"each of the named asked for alone", "each of those named is asked for alone", "chacun des noms demandé à part"},
    {"as of *", "as of *", "à la date de *"},
    {"nothing tells the others from *", "nothing is known of others than *", "rien n'est connu des autres que *"},
    {"a list with others than *: *", "a list with others than *: *", "une liste avec d'autres que * : *"},
    {"not one of those of *", "not one of those of *", "n'est pas dans la liste de *"},
    {"one of those who were told: *", "one of those who were told: *", "une des personnes déjà citées : *"},
    {"about somebody's private life", "about somebody's private life", "au sujet de la vie privée de quelqu'un"},
    {"the question before, of another place in the order", "the question before, of another place in the order", "la question d'avant, pour une autre place dans l'ordre"},
    {"once more, in the language asked for", "once more, in the language asked for", "encore une fois, dans la langue demandée"},
    {"of what was told just now", "of what was told just now", "de ce qui vient d'être dit"},
    {"who came before: *", "who came before: *", "qui était là avant : *"},
    {"who came before is not known", "who came before is not known", "qui était là avant n'est pas connu"},
    {"of somebody who was asked about just before, and is not known", "of somebody who was asked about just before, and is not known", "au sujet de quelqu'un dont il venait d'être question, et qui n'est pas connu"},
    // how a follow-up was read
    {"of the list before: *", "of the list before: *", "de la liste d'avant : *"},
    {"of what was asked for before", "of what was asked for before", "de ce qui était demandé avant"},
    {"the wish of before, of another", "the question before, of another", "la question d'avant, pour un autre"},
    {"of what was spoken of: *", "of what was spoken of: *", "de ce dont il était question : *"},
    {"together with the question before", "together with the question before", "avec la question d'avant"},
    {"the question before, with another question word", "the question before, with another question word", "la question d'avant, avec un autre mot interrogatif"},
    {"without its introduction", "without its introduction", "sans son introduction"},
    {"without what is said besides", "without what is said besides", "sans ce qui est dit à côté"},
    // roles of words
    {"function", "small word", "mot-outil"},
    {"filler", "says nothing", "ne dit rien"},
    {"home", "you", "vous"},
    {"pronoun", "pronoun", "pronom"},
    {"entity", "name", "nom"},
    {"content", "what is asked", "ce qui est demandé"},
    {"unknown", "not known", "inconnu"},
    {"number", "number", "nombre"},
    // notes on words
    {"keyword of @", "keyword of \"@\"", "mot-clé de « @ »"},
    {"like \"*\"", "like \"*\"", "comme « * »"},
    {"corrected", "corrected", "corrigé"},
    // answers that were considered
    {"said", "given", "donnée"},
    {"what each of the named is", "what each of those that are named is", "ce qu'est chacun de ceux qui sont nommés"},
    {"one of two that are named", "a fact about one of the two that may be meant", "un fait sur l'un des deux dont il peut être question"},
    {"asked of several: what is known of each", "asked of several: what is known of each", "demandé de plusieurs : ce que l'on sait de chacun"},
    {"what ties the two that are named", "what ties the two that are named", "ce qui lie les deux qui sont nommés"},
    {"no fact speaks of both that are named", "no fact speaks of both that are named", "aucun fait ne parle des deux qui sont nommés"},
    {"accounts for: nothing", "accounts for nothing of it", "n'explique aucun mot"},
    {"accounts for: *", "accounts for: *", "explique : *"},
    {"not for: *", "not for: *", "n'explique pas : *"},
    {"words *, wordings *, property *", "words *, wordings *, subject *", "mots *, formulations *, sujet *"},
    {"faq", "frequent question", "question fréquente"},
};

bool is_hole(char c)
{
    return c == '*' || c == '@';
}

// What stands in the holes; false: the text is another one.
bool matches(std::string_view pattern, std::string_view text, std::vector<std::string_view>& holes)
{
    holes.clear();
    while (!pattern.empty()) {
        if (!is_hole(pattern.front())) {
            if (text.empty() || text.front() != pattern.front())
                return false;
            pattern.remove_prefix(1);
            text.remove_prefix(1);
            continue;
        }
        pattern.remove_prefix(1);
        auto const next = pattern.find_first_of("*@");
        auto const after = pattern.substr(0, next);
        auto const end = after.empty() ? text.size() : next == std::string_view::npos ? text.rfind(after) : text.find(after);
        if (end == std::string_view::npos)
            return false;
        holes.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return text.empty();
}

// Calls `each` for the parts between the separators.
template <class Each>
std::string joined(std::string_view text, std::string_view separator, Each each)
{
    std::string out;
    while (!text.empty()) {
        auto const end = std::min(text.find(separator), text.size());
        out += (out.empty() ? std::string() : std::string(separator)) + each(text.substr(0, end));
        text.remove_prefix(std::min(end + separator.size(), text.size()));
    }
    return out;
}

}  // namespace

std::string Reasons::said(std::string_view english) const
{
    std::vector<std::string_view> holes;
    for (auto const& saying : sayings) {
        if (!matches(saying.english, english, holes))
            continue;
        auto hole = holes.begin();
        std::string out;
        for (char const c : language_ == Language::fr ? saying.french : saying.plain) {
            if (!is_hole(c)) {
                out += c;
            } else if (hole != holes.end()) {
                out += c == '@' ? title_(*hole) : said(*hole);
                ++hole;
            }
        }
        return out;
    }
    return std::string(english);
}

std::string Reasons::note(std::string_view note) const
{
    return joined(note, ", ", [&](std::string_view one) { return said(one); });
}

std::string Reasons::candidate(std::string_view why) const
{
    return joined(why, "; ", [&](std::string_view one) {
        auto out = said(one);
        return out == one ? title_(one) : out;   // what is no sentence is the property of a fact
    });
}

}  // namespace immunobot::staff
