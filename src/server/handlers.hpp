// The functions behind the routes. Each runs on the worker thread that read the request.
#pragma once

#include "server/routes.hpp"

namespace immunobot::server {

// api.cpp
void post_ask(Context&, Route const&, Request const&, Response&);
void get_suggest(Context&, Route const&, Request const&, Response&);
void post_suggest(Context&, Route const&, Request const&, Response&);
void post_feedback(Context&, Route const&, Request const&, Response&);

// conversations.cpp
void get_conversation(Context&, Route const&, Request const&, Response&);
void delete_conversation(Context&, Route const&, Request const&, Response&);

// lookups.cpp
void get_facts(Context&, Route const&, Request const&, Response&);
void get_entities(Context&, Route const&, Request const&, Response&);
void get_entity(Context&, Route const&, Request const&, Response&);

// assets.cpp
void get_asset(Context&, Route const&, Request const&, Response&);
void get_widget(Context&, Route const&, Request const&, Response&);

// welcome.cpp
void get_welcome(Context&, Route const&, Request const&, Response&);
void get_embed(Context&, Route const&, Request const&, Response&);

// webhooks.cpp
void serve_channel(Context&, Route const&, Request const&, Response&);

// mcp.cpp
void post_mcp(Context&, Route const&, Request const&, Response&);

// directline.cpp
void post_directline_generate(Context&, Route const&, Request const&, Response&);
void post_directline_refresh(Context&, Route const&, Request const&, Response&);
void post_directline_start(Context&, Route const&, Request const&, Response&);
void get_directline_again(Context&, Route const&, Request const&, Response&);
void post_directline_say(Context&, Route const&, Request const&, Response&);
void get_directline_read(Context&, Route const&, Request const&, Response&);
void get_directline_stream(Context&, Route const&, Request const&, Response&);

// page_handlers.cpp
void get_home(Context&, Route const&, Request const&, Response&);
void get_preview(Context&, Route const&, Request const&, Response&);
void get_faq(Context&, Route const&, Request const&, Response&);
void get_faq_part(Context&, Route const&, Request const&, Response&);
void get_facts_page(Context&, Route const&, Request const&, Response&);
void get_entity_page(Context&, Route const&, Request const&, Response&);
void get_open_data(Context&, Route const&, Request const&, Response&);
void get_sitemap(Context&, Route const&, Request const&, Response&);
void get_robots(Context&, Route const&, Request const&, Response&);

// ask_handlers.cpp
void get_ask(Context&, Route const&, Request const&, Response&);
void post_ask_page(Context&, Route const&, Request const&, Response&);
void post_feedback_page(Context&, Route const&, Request const&, Response&);
void post_forget_page(Context&, Route const&, Request const&, Response&);

// operations.cpp
void get_health(Context&, Route const&, Request const&, Response&);
void get_ready(Context&, Route const&, Request const&, Response&);
void get_metrics(Context&, Route const&, Request const&, Response&);
void get_openapi(Context&, Route const&, Request const&, Response&);

// Turns a failure into the problem that the sender may see: its own mistakes in full, ours not at all.
void explain(Response& response, Error const& error);

// Makes the response an answer of that problem, in the form of the channel if it has one of its own; `channel` may be null.
void fail_on(channels::Channel const* channel, Response& response, Problem problem, std::string_view detail = {});

}  // namespace immunobot::server
