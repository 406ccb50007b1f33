#include "knowledge/people_words.hpp"

#include <algorithm>
#include <cstddef>

namespace immunobot::knowledge::people {
namespace {

// All of them folded and in order.

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

}  // namespace

bool is_first_name(std::string_view word) { return is_one_of(first_names, word); }
bool is_no_name(std::string_view word) { return is_one_of(no_names, word); }
bool is_little_word(std::string_view word) { return is_one_of(little_words, word); }
bool is_particle(std::string_view word) { return is_one_of(particles, word); }
bool is_manner(std::string_view word) { return is_one_of(manners, word); }
bool is_profession(std::string_view word) { return is_one_of(professions, word); }

}  // namespace immunobot::knowledge::people
