#include "server/directline_stream.hpp"

#include "channels/directline.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace immunobot::server {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using ErrorCode = boost::system::error_code;
using UpgradeRequest = beast::http::request<beast::http::empty_body>;

// Pages send an empty message now and then.
constexpr std::size_t longest_message = 4096;
constexpr std::size_t most_messages = 1000;

UpgradeRequest upgrade_of(Request const& request)
{
    UpgradeRequest out;
    if (request.method == Method::get)
        out.method(beast::http::verb::get);
    out.target({request.target.data(), request.target.size()});
    out.version(static_cast<unsigned>(request.version));
    for (auto const& header : request.headers)
        out.insert({header.name.data(), header.name.size()}, {header.value.data(), header.value.size()});
    return out;
}

class Stream final : public DirectLineStream, public std::enable_shared_from_this<Stream> {
public:
    Stream(Socket socket, Shared& shared, Request const& request, StreamStart const& start)
        : shared_(shared), request_(upgrade_of(request)), conversation_(start.conversation), told_(start.watermark), peer_(std::move(socket)),
          end_(peer_.get_executor())
    {
        ++shared_.streams;
    }
    ~Stream() override { --shared_.streams; }

    void begin()
    {
        auto const& deadlines = shared_.options.deadlines;
        peer_.set_option(websocket::stream_base::timeout{deadlines.answer, deadlines.stream_idle, true});
        peer_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) { response.set(beast::http::field::server, "immunobot"); }));
        peer_.read_message_max(longest_message);
        peer_.text(true);
        peer_.async_accept(request_, [self = shared_from_this()](ErrorCode const& failed) {
            if (!failed)
                self->on_accepted();
        });
    }

    void finish() override { open_ ? end(websocket::close_code::going_away) : close(); }

    void close() override
    {
        ErrorCode ignored;
        beast::get_lowest_layer(peer_).close(ignored);
    }

private:
    void on_accepted()
    {
        open_ = true;
        listening_ = shared_.rooms.listen(conversation_, [weak = weak_from_this(), executor = peer_.get_executor()] {
            boost::asio::post(executor, [weak] {
                if (auto const self = weak.lock())
                    self->tell();
            });
        });
        end_.expires_after(shared_.options.deadlines.stream);
        end_.async_wait([weak = weak_from_this()](ErrorCode const& cancelled) {
            if (auto const self = weak.lock(); self && !cancelled)
                self->finish();
        });
        read();
        if (shared_.stopping)
            return finish();
        if (!listening_)
            return end(websocket::close_code::try_again_later);
        tell();
    }

    void read()
    {
        peer_.async_read(received_, [self = shared_from_this()](ErrorCode const& failed, std::size_t) {
            if (failed)
                return self->on_gone();
            self->received_.clear();
            if (++self->messages_ > most_messages)
                self->end(websocket::close_code::policy_error);
            self->read();
        });
    }

    void on_gone()
    {
        ending_ = true;
        listening_.reset();
        end_.cancel();
    }

    // All that is new in one message, and then whatever came meanwhile.
    void tell()
    {
        if (telling_ || ending_)
            return;
        auto const news = shared_.rooms.after(conversation_, told_, seconds_now(shared_));
        if (!news)
            return end(websocket::close_code::going_away);
        if (news->activities.empty())
            return;
        told_ = news->watermark;
        message_ = channels::directline_protocol::news_document(news->activities, news->watermark);
        telling_ = true;
        peer_.async_write(boost::asio::buffer(message_), [self = shared_from_this()](ErrorCode const& failed, std::size_t) {
            self->telling_ = false;
            if (!failed)
                self->tell();
        });
    }

    void end(websocket::close_code code)
    {
        if (ending_)
            return;
        ending_ = true;
        listening_.reset();
        end_.cancel();
        peer_.async_close(code, [self = shared_from_this()](ErrorCode const&) {});
    }

    Shared& shared_;
    UpgradeRequest request_;
    std::string conversation_;
    std::uint64_t told_;
    websocket::stream<Socket, false> peer_;
    boost::asio::steady_timer end_;
    std::shared_ptr<DirectLineRooms::Wake const> listening_;
    beast::flat_buffer received_;
    std::size_t messages_ = 0;
    std::string message_;
    bool open_ = false;
    bool telling_ = false;
    bool ending_ = false;
};

}  // namespace

bool asks_for_stream(Request const& request)
{
    return websocket::is_upgrade(upgrade_of(request));
}

std::shared_ptr<DirectLineStream> start_stream(Socket socket, Shared& shared, Request const& request, StreamStart const& start)
{
    auto stream = std::make_shared<Stream>(std::move(socket), shared, request, start);
    stream->begin();
    return stream;
}

}  // namespace immunobot::server
