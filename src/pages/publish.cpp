#include "pages/publish.hpp"

#include "assets/asset.hpp"
#include "pages/facts.hpp"
#include "pages/faq.hpp"
#include "pages/home.hpp"
#include "pages/open_data.hpp"
#include "pages/sitemap.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace immunobot::pages {
namespace {

namespace fs = std::filesystem;

// Tells that a folder is ours, and may be replaced.
constexpr std::string_view mark = ".immunobot-publish";

Error storage(std::string const& what, fs::path const& path, std::string const& why)
{
    return Error{Errc::storage, what + " " + path.string() + ": " + why, "is there room, and may it be written to?"};
}

// Writes the files of one publication, counting them.
class Writer {
public:
    explicit Writer(fs::path folder) : folder_(std::move(folder)) {}

    Result<> write(std::string const& name, std::string_view bytes)
    {
        auto const path = folder_ / name;
        std::error_code failed;
        fs::create_directories(path.parent_path(), failed);
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        if (failed || !file)
            return storage("cannot write", path, failed ? failed.message() : std::strerror(errno));
        ++report.files;
        report.bytes += bytes.size();
        return {};
    }

    Result<> page(std::string const& name, std::string const& bytes)
    {
        ++report.pages;
        return write(name, bytes);
    }

    PublishReport report;

private:
    fs::path folder_;
};

Result<> check_base(std::string const& base)
{
    bool const good = base.empty() || ((base.starts_with("https://") || base.starts_with("http://")) && base.find_first_of(" \t\"'<>?#") == std::string::npos);
    return good ? Result<>() : Error{Errc::bad_option, "--base '" + base + "' is no address", "for example https://www.example.org/faq"};
}

// Whether `folder` may be replaced: it is not there, or empty, or ours.
Result<> check_folder(fs::path const& folder)
{
    std::error_code failed;
    if (!fs::exists(fs::symlink_status(folder, failed)))
        return {};
    bool const ours = fs::is_directory(folder, failed) && !fs::is_symlink(folder, failed) && (fs::is_empty(folder, failed) || fs::exists(folder / mark, failed));
    return ours ? Result<>() : Error{Errc::conflict, folder.string() + " holds something else", "name a folder that is new, empty, or written by publish"};
}

// A name beside `folder`, so that both are on one disk.
fs::path beside(fs::path const& folder)
{
    return folder.parent_path() / ("." + folder.filename().string() + "." + std::to_string(getpid()) + ".new");
}

std::vector<Language> wanted(std::optional<Language> language)
{
    return language ? std::vector{*language} : std::vector{Language::fr, Language::en};
}

Result<> write_language(Writer& out, View const& view)
{
    auto const path = [&](Kind kind, std::string id = {}) { return view.addresses.path({kind, view.language, std::move(id)}); };
    if (auto const done = out.page(path(Kind::faq), faq_page(view)); !done)
        return done;
    if (auto const done = out.page(path(Kind::facts), facts_page(view)); !done)
        return done;
    if (auto const done = out.write(path(Kind::faq_index), faq_index(view)); !done)
        return done;
    for (auto const& topic : view.site.topics())
        if (auto const done = out.page(path(Kind::topic, std::string(topic.id)), topic_page(view, topic)); !done)
            return done;
    for (auto const& entity : view.site.knowledge().entities)
        if (auto const done = out.page(path(Kind::entity, entity.id), entity_page(view, entity)); !done)
            return done;
    return {};
}

Result<> write_shared(Writer& out, View const& view)
{
    for (auto const* name : {"pages.css", "pages.js", "icon.svg"})
        if (auto const* asset = assets::find(name))
            if (auto const done = out.write(view.addresses.path({Kind::asset, view.language, name}), asset->plain); !done)
                return done;
    for (auto const& form : data_forms())
        if (auto const done = out.write(view.addresses.path({Kind::data, view.language, std::string(form.name)}), form.write(view.site, view.addresses)); !done)
            return done;
    if (view.addresses.have_base()) {
        if (auto const done = out.write("sitemap.xml", sitemap(view.site, view.addresses)); !done)
            return done;
        if (auto const done = out.write("robots.txt", robots(view.addresses)); !done)
            return done;
    }
    if (auto const done = out.page("index.html", files_home_page(view)); !done)
        return done;
    return out.write(std::string(mark), "Written by immunobot publish, which replaces this folder as a whole.\n");
}

Result<> write_all(Writer& out, Site const& site, PublishOptions const& options)
{
    auto const languages = wanted(options.language);
    auto const addresses = Addresses::of_files(options.base, options.language);
    for (auto const language : languages)
        if (auto const done = write_language(out, {site, addresses, language}); !done)
            return done;
    return write_shared(out, {site, addresses, languages.front()});
}

Result<> exchange(fs::path const& draft, fs::path const& folder)
{
    if (renameat2(AT_FDCWD, draft.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) == 0)
        return {};
    if (errno != EINVAL && errno != ENOSYS)
        return storage("cannot replace", folder, std::strerror(errno));
    // A file system that knows no exchange: for a moment the folder is not there.
    auto const old = draft.string() + ".old";
    std::error_code failed;
    fs::rename(folder, old, failed);
    if (!failed)
        fs::rename(draft, folder, failed);
    if (failed)
        return storage("cannot replace", folder, failed.message());
    fs::rename(old, draft, failed);
    return {};
}

// The draft takes the place of `folder` in one step; what stood there is removed afterwards.
Result<bool> put_in_place(fs::path const& draft, fs::path const& folder)
{
    std::error_code failed;
    if (!fs::exists(folder, failed)) {
        fs::rename(draft, folder, failed);
        if (failed)
            return storage("cannot make", folder, failed.message());
        return false;
    }
    bool const older = fs::exists(folder / mark, failed);
    if (auto const done = exchange(draft, folder); !done)
        return done.error();
    fs::remove_all(draft, failed);
    return older;
}

}  // namespace

Result<PublishReport> publish(Site const& site, PublishOptions const& options)
{
    if (auto const good = check_base(options.base); !good)
        return good.error();
    auto folder = fs::absolute(options.folder).lexically_normal();
    if (!folder.has_filename())
        folder = folder.parent_path();
    if (auto const free = check_folder(folder); !free)
        return free.error();
    auto const draft = beside(folder);
    std::error_code ignored;
    fs::remove_all(draft, ignored);
    Writer out(draft);
    if (auto const done = write_all(out, site, options); !done) {
        fs::remove_all(draft, ignored);
        return done.error();
    }
    auto const placed = put_in_place(draft, folder);
    if (!placed) {
        fs::remove_all(draft, ignored);
        return placed.error();
    }
    out.report.replaced = *placed;
    return out.report;
}

}  // namespace immunobot::pages
