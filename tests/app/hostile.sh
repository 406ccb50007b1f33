#!/bin/sh
# Sends some hundred hostile requests to the whole program and has every answer judged; then it must be in good health, have
# nothing to complain of in its log, and end well.
#   hostile.sh PATH/OF/immunobot ROOT [more arguments for the judge]
set -eu
bot=$1 root=$2
shift 2
judge=$root/../shared/tools/hostile_http.py
if [ ! -e "$judge" ]; then
    echo "skipped: $judge is not here"
    exit 0
fi
folder=$(mktemp -d)
pid=
clean_up() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -rf "$folder"
}
trap clean_up EXIT
fail() {
    echo "hostile: $*"
    tail -n 20 "$folder/log"
    exit 1
}

"$bot" import --database "$folder/hostile.db" --data "$root/data" >"$folder/log" 2>&1 || fail 'no database'
IMMUNOBOT_GENERIC_SECRET=not-to-be-guessed "$bot" serve --listen 127.0.0.1:0 --threads 2 --database "$folder/hostile.db" \
    --intents "$root/intents" --data "$root/data" >"$folder/out" 2>"$folder/log" &
pid=$!
tries=0
until [ -s "$folder/out" ]; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || fail 'not ready after 30 s'
    kill -0 "$pid" 2>/dev/null || fail 'the server did not start'
    sleep 0.1
done
port=$(sed 's/.*://' "$folder/out")

# hostile PATH BODY TEXT [arguments]: BODY is answered 2xx, TEXT is a body with %s where the question goes
hostile() {
    path=$1 body=$2 text=$3
    shift 3
    echo "POST $path"
    python3 "$judge" --port "$port" --pid "$pid" --strict --post-path "$path" --good-body "$body" --text-json "$text" "$@"
}
hostile /api/v1/ask '{"question":"hello"}' '{"question":%s}' "$@"
hostile /webhooks/generic '{"text":"hello"}' '{"text":%s}' --only '^(json|body|text)$' \
    --header 'Authorization: Bearer not-to-be-guessed' "$@"
# To a client of Rasa a message without a text is one that asks nothing, so the judge's json-field cases do not hold there.
hostile /webhooks/rest/webhook '{"message":"hello"}' '{"message":%s}' --only '^(body|text)$' "$@"

"$bot" healthcheck --listen "127.0.0.1:$port" || fail 'the server is not in good health'
kill "$pid"
wait "$pid" || fail 'the server did not end well'
pid=
# The log is one event a line, whatever was sent.
if grep -vE '^[0-9]{4}-[0-9-]+T[0-9:.]+Z (info|warning) [ -~]+$' "$folder/log"; then fail 'the lines above are no lines of the log'; fi
if grep -q not-to-be-guessed "$folder/log"; then fail 'the secret stands in the log'; fi
