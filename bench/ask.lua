-- wrk script: POSTs the bodies of a file, one a line, one after the other to /api/v1/ask. The last line is one of figures:
--   wrk -t1 -c32 -d3s -s ask.lua http://127.0.0.1:8080 -- BODIES
local requests, at = {}, 0

function init(args)
    wrk.headers["Content-Type"] = "application/json"
    for body in io.lines(args[1]) do requests[#requests + 1] = wrk.format("POST", "/api/v1/ask", nil, body) end
    assert(#requests > 0, "no bodies")
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency)
    local lost = summary.errors
    io.write(string.format("requests=%d bad=%d rps=%.0f p50_us=%d p99_us=%d\n", summary.requests,
        lost.connect + lost.read + lost.write + lost.timeout + lost.status, summary.requests / (summary.duration / 1e6),
        latency:percentile(50), latency:percentile(99)))
end
