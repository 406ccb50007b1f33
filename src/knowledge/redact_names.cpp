#include "knowledge/redact_names.hpp"

#include "knowledge/unicode.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace immunobot::knowledge {
namespace {

// ---- words, all of them folded and in order ----

// Usual ones, in France and in English, that are no other words: "claire" and "mark" are.
constexpr std::string_view first_names[] = {
    "abdel", "adam", "adele", "adrien", "agathe", "agnes", "ahmed", "alain", "albert", "alex", "alexandra", "alexandre", "alexis", "ali", "alice",
    "aline", "alison", "amanda", "amelie", "amina", "amine", "amy", "ana", "anais", "andre", "andrea", "andrew", "angela", "angele", "angelique",
    "anissa", "anita", "ann", "anna", "annabelle", "anne", "annick", "annie", "anouk", "anthony", "antoine", "antonio", "arnaud", "arthur", "aude",
    "audrey", "aurelie", "aurelien", "axel", "barbara", "bastien", "beatrice", "ben", "benedicte", "benjamin", "benoit", "bernadette", "bernard",
    "bertrand", "bilal", "boris", "brahim", "brian", "brigitte", "bruno", "camille", "carine", "carla", "carlos", "carole", "caroline", "catherine",
    "cathy", "cecile", "cedric", "celine", "chantal", "charles", "charlotte", "chloe", "chris", "christel", "christelle", "christian", "christiane",
    "christine", "christophe", "christopher", "clara", "clarisse", "claude", "claudia", "claudine", "clea", "clemence", "colette", "coline",
    "corinne", "cyril", "cyrille", "damien", "daniel", "daniela", "danielle", "david", "deborah", "delphine", "denis", "denise", "diana", "diane",
    "didier", "dimitri", "dominique", "dorothee", "dylan", "edith", "edouard", "edward", "elena", "eleonore", "eliane", "elie", "elisa",
    "elisabeth", "elise", "elizabeth", "ella", "elodie", "eloise", "elsa", "emeline", "emile", "emilie", "emily", "emma", "emmanuel", "emmanuelle",
    "enzo", "eric", "erika", "estelle", "esther", "ethan", "etienne", "eugenie", "eva", "eve", "evelyne", "fabien", "fabienne", "fabrice", "fanny",
    "farid", "fatiha", "fatima", "fatou", "faustine", "felix", "ferdinand", "fernand", "florence", "florent", "florian", "francesca", "francesco",
    "francine", "francis", "franck", "francois", "francoise", "frank", "frederic", "frederique", "gabriel", "gabrielle", "gael", "gaelle", "gaetan",
    "genevieve", "geoffrey", "george", "georges", "gerald", "geraldine", "gerard", "germain", "ghislaine", "gilbert", "gilles", "gregoire",
    "gregory", "guillaume", "gustave", "guy", "gwen", "hakim", "hamid", "hannah", "hans", "hassan", "helene", "henri", "henry", "herve", "hicham",
    "hubert", "hugo", "hugues", "ibrahim", "ines", "ingrid", "irene", "iris", "isabelle", "ismael", "ivan", "jack", "jacqueline", "jacques", "jade",
    "jamal", "james", "jane", "janine", "jasmine", "jason", "jean", "jeanne", "jeannine", "jenna", "jennifer", "jeremie", "jeremy", "jerome",
    "jessica", "joan", "joanna", "joel", "joelle", "johan", "johanna", "john", "jonas", "jonathan", "jose", "joseph", "josephine", "joshua",
    "josiane", "juan", "jules", "julia", "julian", "julie", "julien", "juliette", "justin", "justine", "kamel", "karen", "karim", "karima",
    "karine", "kate", "katherine", "kathleen", "kelly", "kenza", "kevin", "khadija", "khaled", "laetitia", "laila", "lara", "laura", "laure",
    "laurence", "laurent", "laurie", "lea", "leila", "lena", "leo", "leon", "leonard", "leonie", "leslie", "liam", "lila", "lilian", "liliane",
    "lina", "linda", "lisa", "lise", "loic", "lola", "louis", "louisa", "louise", "luc", "luca", "lucas", "lucie", "lucien", "lucile", "lucy",
    "ludovic", "lydia", "lydie", "lynda", "madeleine", "maelle", "magali", "malika", "manon", "manuel", "marc", "marcel", "marcelle", "marco",
    "margaret", "margaux", "margot", "maria", "marianne", "marie", "marina", "marine", "mario", "marion", "marjorie", "marta", "marthe", "martin",
    "martine", "mary", "maryse", "mathieu", "mathilde", "matteo", "matthew", "matthias", "matthieu", "maud", "maurice", "max", "maxime", "mehdi",
    "melanie", "melissa", "mia", "michael", "michel", "michele", "micheline", "michelle", "mickael", "miguel", "mireille", "mohamed", "mohammed",
    "monica", "monique", "morgane", "mourad", "muriel", "mustapha", "myriam", "nabil", "nadege", "nadia", "nadine", "naima", "nancy", "naomi",
    "nassim", "natacha", "nathalie", "nathan", "nawal", "nicholas", "nicolas", "nicole", "noah", "noe", "noel", "noelle", "noemie", "nora",
    "norbert", "nour", "odette", "odile", "olga", "oliver", "olivia", "olivier", "omar", "oscar", "pablo", "paola", "pascal", "pascale", "patrice",
    "patricia", "patrick", "paul", "paula", "paulette", "pauline", "pedro", "peter", "philip", "philippe", "pierre", "quentin", "rachel", "rachid",
    "raphael", "raymond", "rebecca", "regine", "regis", "remi", "remy", "renaud", "rene", "renee", "richard", "robert", "robin", "rodolphe",
    "roger", "roland", "romain", "roman", "romane", "romeo", "ronan", "rosalie", "roxane", "ryan", "sabine", "sabrina", "salim", "salma", "sam",
    "samia", "samir", "samira", "samuel", "sandra", "sandrine", "sara", "sarah", "sebastien", "selma", "serge", "sergio", "severine", "sheila",
    "simon", "simone", "sofia", "sofiane", "solange", "solene", "sonia", "sophia", "sophie", "stanislas", "stefan", "stephan", "stephane",
    "stephanie", "stephen", "steve", "steven", "suzanne", "sylvain", "sylvaine", "sylvie", "tanguy", "tania", "tatiana", "teresa", "thea", "theo",
    "theodore", "theresa", "therese", "thibault", "thibaut", "thierry", "thomas", "tiffany", "tim", "timothee", "timothy", "tom", "tony", "tristan",
    "ursula", "valentin", "valentine", "valerie", "vanessa", "vera", "veronique", "vicky", "victor", "victoria", "vincent", "virginie", "viviane",
    "vivien", "walid", "wendy", "william", "xavier", "yacine", "yann", "yannick", "yasmina", "yasmine", "yoann", "yohann", "youssef", "yvan",
    "yves", "yvette", "yvonne", "zahra", "zoe"};
static_assert(std::ranges::is_sorted(first_names));

// What people are, with a capital or without.
constexpr std::string_view no_names[] = {
    "administratrice", "africain", "africaine", "algerien", "algerienne", "allemand", "allemande", "americain", "americaine", "american", "anglais",
    "anglaise", "associate", "asthmatic", "asthmatique", "belge", "belgian", "biologist", "biologiste", "brazilian", "british", "canadian",
    "canadien", "canadienne", "chef", "chercheur", "chercheuse", "chinese", "chinois", "chinoise", "clinician", "clinicien", "clinicienne",
    "communication", "coordinateur", "coordinator", "coordinatrice", "developer", "developpeur", "developpeuse", "directeur", "director",
    "directrice", "doctor", "doctorant", "doctorante", "employee", "engineer", "english", "enseignant", "enseignante", "espagnol", "espagnole",
    "etudiant", "etudiante", "european", "europeen", "europeenne", "founder", "francais", "francaise", "french", "generaliste", "german", "greek",
    "head", "immunologist", "immunologiste", "indian", "infirmier", "infirmiere", "ingenieur", "ingenieure", "intern", "interne", "investisseur",
    "investor", "italian", "italien", "italienne", "japanese", "japonais", "japonaise", "journalist", "journaliste", "junior", "lecturer", "lyceen",
    "lyceenne", "manager", "marocain", "marocaine", "marseillais", "marseillaise", "master", "medecin", "medical", "microbiologist", "moroccan",
    "nurse", "oncologist", "oncologue", "parent", "parisien", "parisienne", "patient", "patiente", "pharmacien", "pharmacienne", "pharmacist",
    "phd", "physician", "portugais", "portugaise", "portuguese", "postdoc", "president", "professeur", "professeure", "professor", "research",
    "researcher", "responsable", "russe", "russian", "scientifique", "scientist", "secretaire", "senior", "spanish", "stagiaire", "student",
    "suisse", "swiss", "teacher", "technician", "technicien", "technicienne", "tunisian", "tunisien", "tunisienne", "turkish", "visiteur",
    "visitor", "volunteer"};
static_assert(std::ranges::is_sorted(no_names));

// What goes on after a name, and what is said of one: "my name is on the list".
constexpr std::string_view little_words[] = {
    "a", "about", "ai", "all", "alors", "also", "an", "and", "are", "as", "at", "au", "aussi", "aux", "available", "avec", "avez", "aware", "bad",
    "bien", "bonjour", "but", "by", "can", "car", "ce", "ceci", "cela", "certain", "certainly", "ces", "cette", "chez", "comment", "confirmed",
    "correct", "could", "currently", "d'accord", "dans", "de", "deja", "des", "do", "does", "du", "elle", "en", "encore", "enregistre", "est", "et",
    "etes", "eu", "false", "faux", "for", "from", "good", "had", "hard", "has", "have", "he", "hello", "here", "how", "i", "ici", "if", "il", "ils",
    "in", "interested", "is", "it", "j'ai", "j'aimerais", "je", "juste", "la", "le", "les", "leur", "looking", "mais", "mal", "me", "merci", "mine",
    "missing", "misspelled", "moi", "mon", "mot", "my", "ne", "no", "nom", "non", "not", "nous", "now", "of", "ok", "on", "or", "ou", "par", "pas",
    "personne", "please", "plus", "pour", "pourquoi", "private", "privee", "quand", "que", "quel", "quelle", "qui", "quoi", "s'il", "sa", "salut",
    "secret", "ses", "si", "sir", "sorry", "spelled", "sur", "taken", "thanks", "the", "there", "they", "this", "to", "too", "toujours", "tout",
    "tres", "trop", "un", "une", "used", "very", "vos", "votre", "voudrais", "vous", "vrai", "wait", "was", "we", "what", "when", "where", "which",
    "who", "why", "with", "would", "wrong", "you", "your"};
static_assert(std::ranges::is_sorted(little_words));

constexpr std::string_view particles[] = {"al", "ben", "bin", "da", "de", "del", "den", "der", "des", "di", "dos", "du", "el", "la", "le", "van", "von"};
constexpr std::string_view manners[] = {"dr", "m", "madame", "mademoiselle", "miss", "mlle", "mme", "monsieur", "mr", "mrs", "ms", "pr", "prof"};
constexpr std::string_view professions[] = {"docteur", "docteure", "doctor", "professeur", "professeure", "professor"};
static_assert(std::ranges::is_sorted(particles) && std::ranges::is_sorted(manners) && std::ranges::is_sorted(professions));

template <std::size_t size>
bool is_one_of(std::string_view const (&sorted)[size], std::string_view word)
{
    return std::ranges::binary_search(sorted, word);
}

// How people say who they are; `surely`: nothing but a name can follow.
struct Introduction {
    std::vector<std::string_view> words;
    bool surely;
};

std::vector<Introduction> const& introductions()
{
    static std::vector<Introduction> const all = {
        {{"je", "m'appelle"}, true}, {{"je", "m", "appelle"}, true}, {{"je", "me", "nomme"}, true}, {{"mon", "nom", "est"}, true},
        {{"mon", "nom", "c'est"}, true}, {{"mon", "prenom", "est"}, true}, {{"my", "name", "is"}, true}, {{"my", "name's"}, true},
        {{"my", "first", "name", "is"}, true}, {{"i", "am", "called"}, true}, {{"i'm", "called"}, true},
        {{"je", "suis"}, false}, {{"moi", "c'est"}, false}, {{"i", "am"}, false}, {{"i'm"}, false}};
    return all;
}

// ---- reading ----

struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t letters = 0;
    bool capital = false;   // its first letter
    bool small = false;     // has a small letter
    bool dot = false;       // stands behind it: "M.", "J."
    std::string folded = {};
};

constexpr std::size_t longest_looked_at = 60;   // bytes that are looked at

// Letters, with hyphens and apostrophes between them.
std::optional<Word> word_at(std::string_view text, std::size_t at)
{
    Word word{.begin = at, .end = at};
    while (at < text.size()) {
        std::size_t next = at;
        auto const code = text::next_code_point(text, next);
        if (is_letter(code)) {
            bool const joined = word.letters == 1 && word.end != at;   // "d'Orsini"
            word.capital = word.letters == 0 || joined ? is_capital(code) : word.capital;
            word.small = word.small || !is_capital(code);
            ++word.letters;
            word.end = next;
        } else if (word.end != at || word.letters == 0 || (code != '-' && code != '\'' && code != 0x2019)) {
            break;   // no joint, or the second in a row
        }
        at = next;
    }
    if (word.letters == 0)
        return std::nullopt;
    word.dot = word.end < text.size() && text[word.end] == '.';
    word.folded = text::fold(text.substr(word.begin, std::min(word.end - word.begin, longest_looked_at)));
    return word;
}

std::size_t behind_blanks(std::string_view text, std::size_t at)
{
    while (at < text.size()) {
        std::size_t next = at;
        auto const code = text::next_code_point(text, next);
        if (code != ' ' && code != '\t' && code != 0xa0 && code != 0x202f)
            break;
        at = next;
    }
    return at;
}

bool has_small_letters(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();)
        if (auto const code = text::next_code_point(text, at); is_letter(code) && !is_capital(code))
            return true;
    return false;
}

bool is_first_name(Word const& word)
{
    return is_one_of(first_names, std::string_view(word.folded).substr(0, word.folded.find('-')));
}

bool is_title(Word const& word)
{
    return is_one_of(manners, word.folded) || is_one_of(professions, word.folded);
}

// ---- masking ----

class NameMask {
    static constexpr std::size_t most_words = 5;   // of a name with capitals
    static constexpr std::size_t most_small = 2;   // ... without

public:
    explicit NameMask(std::string_view text) : text_(text), shouted_(!has_small_letters(text)) {}

    std::string run()
    {
        for (std::size_t at = 0; at < text_.size();) {
            auto const word = word_at(text_, at);
            if (!word) {
                text::next_code_point(text_, at);
                continue;
            }
            at = word->end;
            if (auto const name = name_behind(*word)) {
                out_ += text_.substr(copied_, name->begin - copied_);
                out_ += "[name]";
                at = copied_ = name->end;
            }
        }
        out_ += text_.substr(copied_);
        return std::move(out_);
    }

private:
    struct Span {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    // With nothing but blanks before it, or the dot of an abbreviation.
    std::optional<Word> next(Word const& word) const
    {
        bool const dotted = word.dot && (word.letters == 1 || is_one_of(manners, word.folded));
        auto const end = word.end + (dotted ? 1 : 0);
        auto const begin = behind_blanks(text_, end);
        return begin == word.end ? std::nullopt : word_at(text_, begin);
    }

    std::optional<Span> name_behind(Word const& first) const
    {
        for (auto const& introduction : introductions())
            if (auto const last = last_of(first, introduction.words)) {
                auto begin = behind_blanks(text_, last->end);
                if (introduction.surely && begin < text_.size() && text_[begin] == ':')
                    begin = behind_blanks(text_, begin + 1);
                auto const word = begin == last->end ? std::nullopt : word_at(text_, begin);
                return word ? name_at(*word, introduction.surely) : std::nullopt;
            }
        return std::nullopt;
    }

    std::optional<Word> last_of(Word const& first, std::vector<std::string_view> const& words) const
    {
        std::optional<Word> at = first;
        for (std::size_t i = 0; at && at->folded == words[i]; at = next(*at))
            if (++i == words.size())
                return at;
        return std::nullopt;
    }

    std::optional<Span> name_at(Word word, bool surely) const
    {
        if (word.folded == "le" || word.folded == "la" || word.folded == "the")
            if (auto const title = next(word); title && is_title(*title))
                word = *title;
        bool polite = false;
        bool titled = false;
        while (is_title(word)) {
            polite = polite || is_one_of(manners, word.folded);
            titled = true;
            auto const behind = next(word);
            if (!behind)
                return std::nullopt;
            word = *behind;
        }
        if (joins(word) && (surely || titled))
            return with_capitals(word, true);
        if (is_one_of(little_words, word.folded))
            return std::nullopt;
        bool const has_capital = word.capital && !(shouted_ && word.letters > 1);
        // "I am professor emeritus"
        return has_capital ? with_capitals(word, surely || titled) : without(word, surely || polite);
    }

    // "de Gaulle", "de la Tour"
    bool joins(Word const& word) const
    {
        auto const behind = is_one_of(particles, word.folded) ? next(word) : std::nullopt;
        if (!behind || behind->capital)
            return behind.has_value();
        auto const last = is_one_of(particles, behind->folded) ? next(*behind) : std::nullopt;
        return last && last->capital;
    }

    std::optional<Span> with_capitals(Word const& first, bool surely) const
    {
        Span span{first.begin, first.end};
        bool is_role = is_one_of(no_names, first.folded);
        bool small = first.small;
        std::size_t words = 1;
        for (auto word = next(first); word && words < most_words; word = next(*word)) {
            if (joins(*word))
                continue;
            if (!word->capital || is_one_of(little_words, word->folded))
                break;
            is_role = is_role || is_one_of(no_names, word->folded);
            small = small || word->small;
            ++words;
            span.end = word->end;
        }
        bool const two = words > 1 && small && !is_role;   // "CNRS INSERM" is nobody
        return surely || two || is_first_name(first) ? std::optional(span) : std::nullopt;
    }

    std::optional<Span> without(Word const& first, bool surely) const
    {
        if (!surely && !is_first_name(first))
            return std::nullopt;
        Span span{first.begin, first.end};
        auto word = next(first);
        for (std::size_t words = 1; word && words < most_small; ++words, word = next(*word)) {
            if (is_one_of(little_words, word->folded) || is_one_of(no_names, word->folded))
                break;
            span.end = word->end;
        }
        return span;
    }

    std::string_view text_;
    bool shouted_;   // all of it in capitals, which say nothing then
    std::string out_ = {};
    std::size_t copied_ = 0;
};

}  // namespace

std::string mask_names(std::string_view text)
{
    return NameMask(text).run();
}

}  // namespace immunobot::knowledge
