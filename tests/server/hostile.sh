#!/bin/sh
# Sends some hundred hostile requests to the small server and has every answer judged.
#   hostile.sh PATH/OF/small_server [more arguments for the judge]
set -eu
server=$1
shift
judge=$(dirname "$0")/../../../shared/tools/hostile_http.py
if [ ! -e "$judge" ]; then
    echo "skipped: $judge is not here"
    exit 0
fi
ports=$(mktemp)
"$server" 0 2 quiet >"$ports" &
pid=$!
trap 'kill $pid 2>/dev/null || true; rm -f "$ports"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -s "$ports" ] && break
    sleep 0.3
done
port=$(cat "$ports")
python3 "$judge" --port "$port" --pid $pid --strict \
    --post-path /api/v1/ask --good-body '{"question":"hello"}' --text-json '{"question":%s}' "$@"
python3 "$judge" --port "$port" --pid $pid --strict --only '^(json|body|text)$' \
    --post-path /webhooks/generic --good-body '{"text":"hello"}' --text-json '{"text":%s}' "$@"
kill $pid
wait $pid
