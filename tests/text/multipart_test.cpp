#include "text/multipart.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace immunobot;
using namespace immunobot::text;

namespace {

struct Seen {
    std::string name;
    std::string bytes;
    bool is_file = false;
};

Result<std::vector<Seen>> read(std::string const& type, std::string const& body)
{
    std::vector<Seen> all;
    auto const done = each_form_part(type, body, [&](FormPart const& part) -> Result<> {
        all.push_back({std::string(part.name), std::string(part.bytes), part.is_file});
        return {};
    });
    if (!done)
        return done.error();
    return all;
}

std::string const type = "multipart/form-data; boundary=----b1";

}  // namespace

TEST_CASE("a form with a file", "[text]")
{
    std::string const body = "------b1\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n------b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"faits.csv\"\r\n"
                             "Content-Type: text/csv\r\n\r\nid;kind\r\n\r\n\xe9\r\n------b1--\r\n";
    auto const all = read(type, body).value();
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "token");
    CHECK(all[0].bytes == "abc");
    CHECK_FALSE(all[0].is_file);
    CHECK(all[1].name == "file");
    CHECK(all[1].bytes == "id;kind\r\n\r\n\xe9");
    CHECK(all[1].is_file);
    CHECK(read("Multipart/Form-Data; BOUNDARY=\"----b1\"", body).value().size() == 2);
    CHECK(read(type, "------b1--").value().empty());
}

TEST_CASE("what is no form of parts is refused", "[text]")
{
    for (std::string const& body : std::vector<std::string>{"", "x", "------b1", "------b1\r\n", "------b1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb", "------b1\r\n\r\n\r\nb\r\n------b1--",
                                                            "------b1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n------b1", "------b1\r\nContent-Disposition: form-data; name=\"a\r\n\r\n"}) {
        INFO(body);
        CHECK(read(type, body).has_error());
    }
    for (std::string const bad : {"multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a", "text/plain"})
        CHECK(read(bad, "--a--").has_error());
    CHECK(read("multipart/form-data; boundary=" + std::string(71, 'a'), "--" + std::string(71, 'a') + "--").has_error());
}
