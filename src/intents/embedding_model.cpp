#include "intents/embedding_model.hpp"

#include "base/archive.hpp"
#include "base/digest.hpp"
#include "intents/lanes.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace immunobot::intents {
namespace {

constexpr std::string_view magic = "immunobot embeddings 2\n";
constexpr std::size_t digest_size = 32;
constexpr std::size_t piece_length = 4;
constexpr std::size_t longest_word = 40;     // pieces of longer ones are not looked at
constexpr float largest_byte = 127;
constexpr float out_of_the_question = 14;    // behind the best: adds nothing to the sum

enum class FeatureKind : std::uint32_t { word = 1, pair, piece, name };

// FNV-1a, then mixed so that the low bits depend on all.
class Hash {
public:
    explicit Hash(FeatureKind kind) : value_(2166136261u ^ static_cast<std::uint32_t>(kind)) {}
    Hash& add(std::string_view text)
    {
        for (char const c : text)
            add(c);
        return *this;
    }
    Hash& add(char c)
    {
        value_ = (value_ ^ static_cast<unsigned char>(c)) * 16777619u;
        return *this;
    }
    EmbeddingModel::Feature bucket() const
    {
        std::uint32_t x = value_;
        x = (x ^ x >> 15) * 0x2c1b3c6du;
        x ^= x >> 12;
        return static_cast<EmbeddingModel::Feature>(x % EmbeddingModel::buckets);
    }

private:
    std::uint32_t value_;
};

// All numbers are one word: in "was it founded in 1986?" the year may be the very thing that is wrong.
std::string_view without_number(std::string_view word)
{
    bool const digits = !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
    return digits ? "0" : word;
}

void add_pieces(std::string_view word, std::vector<EmbeddingModel::Feature>& out)
{
    std::string framed;
    framed.append("<").append(word.substr(0, longest_word)).append(">");
    for (std::size_t i = 0; i + piece_length <= framed.size(); ++i)
        out.push_back(Hash(FeatureKind::piece).add(std::string_view(framed).substr(i, piece_length)).bucket());
}

}  // namespace

void EmbeddingModel::add_features(std::span<std::string_view const> words, std::span<std::string_view const> names, std::vector<Feature>& out)
{
    std::string_view last;
    for (auto const typed : words) {
        auto const word = without_number(typed);
        out.push_back(Hash(FeatureKind::word).add(word).bucket());
        if (!last.empty())
            out.push_back(Hash(FeatureKind::pair).add(last).add(' ').add(word).bucket());
        add_pieces(word, out);
        last = word;
    }
    for (auto const name : names)
        out.push_back(Hash(FeatureKind::name).add(name).bucket());
}

EmbeddingModel::EmbeddingModel(std::vector<std::string> labels, std::span<Vector const> inputs, std::vector<Vector> outputs, std::string origin)
    : origin_(std::move(origin)), labels_(std::move(labels))
{
    std::vector<float> scales;
    std::vector<std::int8_t> bytes;
    scales.reserve(inputs.size());
    bytes.reserve(inputs.size() * dimensions);
    for (auto const& row : inputs) {
        float most = 0;
        for (float const value : row)
            most = std::max(most, std::abs(value));
        float const scale = most / largest_byte;
        scales.push_back(scale);
        for (float const value : row)
            bytes.push_back(static_cast<std::int8_t>(scale > 0 ? std::lround(value / scale) : 0));
    }
    std::vector<float> all;
    all.reserve(outputs.size() * dimensions);
    for (auto const& row : outputs)
        all.insert(all.end(), row.begin(), row.end());
    scales_ = Kept(std::move(scales));
    bytes_ = Kept(std::move(bytes));
    outputs_ = Kept(std::move(all));
}

EmbeddingModel::Label EmbeddingModel::label_of(std::string_view name) const
{
    if (empty())
        return unknown;
    auto const at = std::lower_bound(labels_.begin() + 1, labels_.end(), name);
    return at != labels_.end() && *at == name ? static_cast<Label>(at - labels_.begin()) : unknown;
}

void EmbeddingModel::read(std::span<Feature const> features, std::vector<float>& out) const
{
    static_assert(dimensions % lane_width == 0);
    std::vector<Weighted> rows;
    rows.reserve(features.size());
    for (auto const feature : features)
        rows.push_back({feature, scales_[feature]});
    Vector mean{};
    add_byte_rows(mean.data(), bytes_.data(), dimensions, rows, 1);
    float const share = features.empty() ? 0 : 1 / std::sqrt(static_cast<float>(features.size()));
    for (float& value : mean)
        value *= share;
    out.resize(labels_.size());
    dot_rows(out.data(), outputs_.data(), labels_.size(), mean.data(), dimensions);
    float const best = *std::ranges::max_element(out);
    float sum = 0;
    for (float const score : out)
        if (score > best - out_of_the_question)
            sum += std::exp(score - best);
    float const all = best + std::log(sum);
    for (float& score : out)
        score -= all;
}

bool EmbeddingModel::is_whole() const
{
    return !labels_.empty() && scales_.size() == buckets && bytes_.size() == buckets * dimensions && outputs_.size() == labels_.size() * dimensions &&
           std::is_sorted(labels_.begin() + 1, labels_.end());
}

Result<EmbeddingModel> EmbeddingModel::load(std::string const& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return Error{Errc::bad_intents, "it cannot be read", "learn it with: immunobot learn"};
    std::string const all((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    Error const broken{Errc::bad_intents, "it is not whole, or of another version of immunobot", "learn it anew with: immunobot learn"};
    if (!all.starts_with(magic) || all.size() < magic.size() + digest_size)
        return broken;
    auto const content = std::string_view(all).substr(magic.size() + digest_size);
    if (Digest().add(content).text() != all.substr(magic.size(), digest_size))
        return broken;
    EmbeddingModel out;
    ArchiveReader archive(content);
    out.transfer(archive);
    if (archive.failed() || !archive.at_end() || !out.is_whole())
        return broken;
    return out;
}

Result<void> EmbeddingModel::save(std::string const& path) const
{
    ArchiveWriter archive;
    const_cast<EmbeddingModel&>(*this).transfer(archive);  // one function reads and writes; a writer changes nothing
    std::string const draft = path + ".new";   // what stood there stands until the new one is whole
    std::ofstream out(draft, std::ios::binary);
    out << magic << Digest().add(archive.bytes()).text() << archive.bytes();
    out.close();
    std::error_code failed;
    if (out)
        std::filesystem::rename(draft, path, failed);
    if (!out || failed)
        return Error{Errc::storage, "cannot write " + path, "is the folder writable, and the disk not full?"};
    return {};
}

}  // namespace immunobot::intents
