#include "app/command_line.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace immunobot::app {
namespace {

// What a visitor's browser may be sent to.
std::string is_link(std::string const& text)
{
    for (std::string_view const scheme : {"https://", "http://", "mailto:"})
        if (text.starts_with(scheme) && text.size() > scheme.size() && text.find_first_of(" \"<>\t\n") == std::string::npos)
            return {};
    return "'" + text + "' is no https, http or mailto address";
}

// "https://www.example.org/faq": what canonical addresses can begin with.
std::string is_address(std::string const& text)
{
    bool const good = (text.starts_with("https://") || text.starts_with("http://")) && text.find_first_of(" \t\"'<>?#\\") == std::string::npos;
    return good ? std::string() : "'" + text + "' is no http or https address";
}

// As SHA-256 is written.
std::string is_digest(std::string const& text)
{
    bool const good = text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
    return good ? std::string() : "'" + text + "' is no digest of the audit log: it has 64 digits, 0-9 and a-f";
}

void add_common(CLI::App& app, Settings& settings)
{
    app.add_option("--database", settings.database, "database file")->envname("IMMUNOBOT_DATABASE")->capture_default_str();
    app.add_option("--intents", settings.intents, "folder of intent files")->envname("IMMUNOBOT_INTENTS")->capture_default_str();
    app.add_option("--data", settings.data, "folder of facts and word lists")->envname("IMMUNOBOT_DATA")->capture_default_str();
}

void add_serving(CLI::App& app, Settings& settings)
{
    app.add_option("--listen", settings.listen, "address and port to serve on; port 0: any free one")->envname("IMMUNOBOT_LISTEN")->capture_default_str();
}

void add_server_options(CLI::App& app, Settings& settings)
{
    app.add_option("--rate-limit", settings.rate_limit, "requests per minute and client address; 0: no limit")->envname("IMMUNOBOT_RATE_LIMIT")->capture_default_str();
    app.add_option("--threads", settings.threads, "worker threads; 0: one per core")->envname("IMMUNOBOT_THREADS")->check(CLI::Range(0, 256))->capture_default_str();
    app.add_option("--log-format", settings.log_format, "text or json")->envname("IMMUNOBOT_LOG_FORMAT")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
    app.add_option("--keep-days", settings.keep_days, "days that question texts are kept; 0: nothing is kept")->envname("IMMUNOBOT_KEEP_DAYS")->check(CLI::Range(0, 3650))->capture_default_str();
    app.add_option("--conversation-hours", settings.conversation_hours, "hours that conversations are kept over a restart; 0: in memory alone, for an hour")->envname("IMMUNOBOT_CONVERSATION_HOURS")->check(CLI::Range(0, 720))->capture_default_str();
    app.add_option("--origin", settings.origins, "web page origin that may ask from a browser (CORS) and show /embed in a frame; may be repeated")->envname("IMMUNOBOT_ORIGINS")->delimiter(',');
    app.add_option("--proxy", settings.proxies, "address of a proxy whose X-Forwarded-For counts; may be repeated")->envname("IMMUNOBOT_PROXIES")->delimiter(',');
    app.add_option("--authorities", settings.authorities, "file with certificates of authorities for calls to platforms, besides the system's")->envname("IMMUNOBOT_AUTHORITIES");
    app.add_option("--contact-url", settings.contact_url, "page or mailto: address where visitors reach a person; default: none")->envname("IMMUNOBOT_CONTACT_URL")->check(is_link);
    app.add_option("--privacy-url", settings.privacy_url, "page on what is kept of visitors; default: none")->envname("IMMUNOBOT_PRIVACY_URL")->check(is_link);
    app.add_option("--docs-url", settings.docs_url, "page of the guides, which the first page links to; default: none")->envname("IMMUNOBOT_DOCS_URL")->check(is_link);
    app.add_option("--public-url", settings.public_url, "address under which visitors see this server, for canonical addresses and the sitemap; default: as each request names it")->envname("IMMUNOBOT_PUBLIC_URL")->check(is_address);
    // No flag: a secret on a command line can be read by everybody on the machine.
    app.add_option("--console-listen", settings.console_listen, "address and port of the staff's console alone; default: with everything else")->envname("IMMUNOBOT_CONSOLE_LISTEN");
    app.add_option("--console-idle-minutes", settings.console_idle_minutes, "minutes without a click after which staff sign in again")->envname("IMMUNOBOT_CONSOLE_IDLE_MINUTES")->check(CLI::Range(1, 1440))->capture_default_str();
    app.add_option("--staff-proxy-header", settings.staff_proxy_header, "header field in which a proxy of --proxy names whom it has signed in (with IMMUNOBOT_STAFF_PROXY_SECRET)")->envname("IMMUNOBOT_STAFF_PROXY_HEADER");
    app.add_option("--staff-proxy-secret-from-environment", settings.staff_proxy_secret)->envname("IMMUNOBOT_STAFF_PROXY_SECRET")->group("");
    app.add_option("--digest-file", settings.digest_file, "file for the weekly digest of the staff, each Monday")->envname("IMMUNOBOT_DIGEST_FILE");
    app.add_option("--digest-webhook-from-environment", settings.digest_webhook)->envname("IMMUNOBOT_DIGEST_WEBHOOK")->group("");
    app.add_flag("--digest-links,!--no-digest-links", settings.check_links, "have the weekly digest tell which sources are gone (on)");
    app.add_flag("--print-config", settings.print_config, "print what is in force, secrets masked, and stop");
}

CLI::App* add_command(CLI::App& app, Settings& settings, std::string const& name, std::string const& help)
{
    auto* command = app.add_subcommand(name, help);
    command->callback([&settings, name] { settings.command = name; });
    add_common(*command, settings);
    return command;
}

}  // namespace

boost::system::result<Settings, int> parse_command_line(int argc, char const* const* argv)
{
    Settings settings;
    std::string language;
    CLI::App app("immunobot answers questions from a base of sourced facts, in English and in French.", "immunobot");
    app.set_version_flag("--version", "immunobot " IMMUNOBOT_VERSION);
    auto const* config = app.set_config("--config", "", "configuration file (TOML): the long options by name")->envname("IMMUNOBOT_CONFIG");
    app.require_subcommand(1);

    auto* ask = add_command(app, settings, "ask", "answer one question, or a file of them");
    ask->add_option("question", settings.arguments, "the question");
    ask->add_option("--lang", language, "language of the page the question comes from")->check(CLI::IsMember({"en", "fr"}));
    ask->add_flag("--json", settings.json, "print the whole reply as JSON");
    ask->add_flag("--explain", settings.explain, "print why");
    ask->add_option("--batch", settings.batch, "JSON lines in ({\"question\", \"conversation\", \"lang\"}), replies out; - for standard input");
    auto* chat = add_command(app, settings, "chat", "talk with the bot in this terminal");
    chat->add_option("--lang", language, "language to begin with")->check(CLI::IsMember({"en", "fr"}));
    auto* serve = add_command(app, settings, "serve", "answer over HTTP");
    add_serving(*serve, settings);
    add_server_options(*serve, settings);
    auto* health = add_command(app, settings, "healthcheck", "exit 0 if the server at --listen is healthy");
    add_serving(*health, settings);
    add_command(app, settings, "channels", "tell which chat channels are on; NAME; test NAME [QUESTION]; dead, retry ID, discard ID")
        ->add_option("words", settings.arguments, "nothing, or one of the above")
        ->expected(0, 3);
    auto* import = add_command(app, settings, "import", "bring the database up to date with the facts of a folder or a JSON file");
    import->add_option("folder", settings.arguments, "folder with the CSV files, or a file of export --json; default: --data")->expected(0, 1);
    import->add_flag("--dry-run", settings.dry_run, "tell what would change, change nothing");
    import->add_flag("--allow-removals", settings.allow_removals, "also where more than half of the rows of a table would go");
    auto* exporting = add_command(app, settings, "export", "write the facts as CSV files, or as one JSON file");
    exporting->add_option("folder", settings.arguments, "folder for the CSV files, or the JSON file")->required()->expected(1);
    exporting->add_flag("--json", settings.json, "one JSON file, a row a line");
    auto* publish = add_command(app, settings, "publish", "write the FAQ and the facts as files for any web host");
    publish->add_option("folder", settings.arguments, "folder to be made or replaced")->required()->expected(1);
    publish->add_option("--base", settings.base, "address at which the files will be seen, for canonical addresses and the sitemap")->check(is_address);
    publish->add_option("--lang", language, "one language only")->check(CLI::IsMember({"en", "fr"}));
    add_command(app, settings, "backup", "copy the database while it is in use")->add_option("file", settings.arguments)->required()->expected(1);
    add_command(app, settings, "restore", "replace the database by a verified backup")->add_option("file", settings.arguments)->required()->expected(1);
    add_command(app, settings, "migrate", "bring an older database up to date");
    add_command(app, settings, "check", "check all data and intent files; tells every problem");
    add_command(app, settings, "learn", "learn the ways of asking of the data folder anew, after they changed");
    auto* test = add_command(app, settings, "test", "ask the tests of the intent files");
    test->add_option("pattern", settings.arguments, "only intents whose name contains this")->expected(0, 1);
    test->add_option("--junit", settings.junit, "also write the outcome to this file, as JUnit XML");
    auto* staff = add_command(app, settings, "staff", "what the staff do: accounts, tokens, audit, replay, digest, export-answers, import-answers, faq, fact, who, why, unanswered, teach, add, publish");
    staff->add_option("words", settings.arguments, "for example: invite ada@example.org; faq address of the CIML; teach ID NEW QUESTION; an unknown word lists all")->required();
    staff->add_option("--role", settings.role, "of whom is invited: viewer, answerer, editor or admin")->check(CLI::IsMember({"viewer", "answerer", "editor", "admin"}));
    staff->add_option("--as", settings.person, "e-mail address of the account that acts")->envname("IMMUNOBOT_STAFF");
    staff->add_option("--address", settings.address, "where the console is seen, for the link")->capture_default_str();
    staff->add_option("--lang", language, "language of what is asked and told")->check(CLI::IsMember({"en", "fr"}));
    staff->add_option("--to", settings.digest_file, "digest: the file to write");
    staff->add_option("--webhook", settings.digest_webhook, "digest: the address to send it to")->envname("IMMUNOBOT_DIGEST_WEBHOOK")->check(is_address);
    staff->add_flag("--links,!--no-links", settings.check_links, "digest: check the links as well (on)");
    staff->add_option("--days", settings.days, "token: how long it holds")->check(CLI::Range(1, 730))->capture_default_str();
    auto* verify = staff->add_flag("--verify", settings.verify, "audit: check that nothing was changed or taken out; tells how many entries there are, and the digest of the last one");
    staff->add_option("--expect", settings.expected_digest, "audit --verify: a digest that was noted earlier; its entry has to be there still")->needs(verify)->check(is_digest);
    add_command(app, settings, "eval", "score the classifier on a corpus of questions")
        ->add_option("files", settings.arguments, "TRAIN TEST OUT: JSON lines {\"text\", \"intent\", \"lang\"} in, a line for each of TEST out")
        ->required()
        ->expected(3);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& problem) {
        int const code = app.exit(problem, std::cout, std::cerr);
        return code == 0 ? 0 : 2;
    }
    if (config->count() > 0)
        settings.config_file = config->as<std::string>();
    if (!language.empty())
        settings.language = language_from_code(language);
    return settings;
}

std::string print_config(Settings const& settings)
{
    auto const quoted = [](std::string const& text) { return '"' + text + '"'; };
    auto const list = [&](std::vector<std::string> const& items) {
        std::string out;
        for (auto const& item : items)
            out += (out.empty() ? "" : ", ") + quoted(item);
        return '[' + out + ']';
    };
    return "[serve]\ndatabase = " + quoted(settings.database) + "\nintents = " + quoted(settings.intents) + "\ndata = " + quoted(settings.data) +
           "\nlisten = " + quoted(settings.listen) + "\nrate-limit = " + std::to_string(settings.rate_limit) +
           "\nthreads = " + std::to_string(settings.threads) + "\nlog-format = " + quoted(settings.log_format) +
           "\nkeep-days = " + std::to_string(settings.keep_days) + "\nconversation-hours = " + std::to_string(settings.conversation_hours) +
           "\norigin = " + list(settings.origins) + "\nproxy = " + list(settings.proxies) +
           "\ncontact-url = " + quoted(settings.contact_url) + "\nprivacy-url = " + quoted(settings.privacy_url) + "\ndocs-url = " + quoted(settings.docs_url) +
           "\npublic-url = " + quoted(settings.public_url) +
           "\nconsole-listen = " + quoted(settings.console_listen) + "\nconsole-idle-minutes = " + std::to_string(settings.console_idle_minutes) +
           "\nstaff-proxy-header = " + quoted(settings.staff_proxy_header) + "\n# staff proxy secret: " + (settings.staff_proxy_secret.empty() ? "not set" : "set (hidden)") +
           "\ndigest-file = " + quoted(settings.digest_file) + "\n# digest webhook: " + (settings.digest_webhook.empty() ? "not set" : "set (hidden)") +
           "\nauthorities = " + quoted(settings.authorities) + "\n# the channels: immunobot channels\n";
}

}  // namespace immunobot::app
