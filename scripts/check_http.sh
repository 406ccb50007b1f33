#!/usr/bin/env bash
# Serves on a free port with a new database, asks a question in each language over HTTP, and stops the server:
#   scripts/check_http.sh PATH/OF/immunobot
# Exit 0 if both were answered and the server ended well. Needs nothing but bash.
set -euo pipefail
bot=${1:?"usage: scripts/check_http.sh PATH/OF/immunobot"}
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
server=
clean_up() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap clean_up EXIT
fail() { echo "check: $*" >&2; cat "$folder/log" >&2; exit 1; }

# request PORT QUESTION LANGUAGE: prints the whole HTTP answer
request() {
  local body="{\"question\":\"$2\",\"lang\":\"$3\"}" connection
  exec {connection}<>"/dev/tcp/127.0.0.1/$1"
  printf 'POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
    "$(printf %s "$body" | wc -c)" "$body" >&"$connection"
  cat <&"$connection"
  exec {connection}>&-
}

# expect QUESTION LANGUAGE WORD: the answer must be a sourced one, and hold WORD
expect() {
  local answer
  answer=$(request "$port" "$1" "$2")
  echo "$1"
  echo "  $answer" | sed -n 's/.*"answer":"\([^"]*\)".*/  \1/p'
  case $answer in
    'HTTP/1.1 200 '*) ;;
    *) fail "no answer to '$1': $answer" ;;
  esac
  for part in '"status":"answered"' "\"lang\":\"$2\"" '"sources":[{' "$3"; do
    case $answer in *"$part"*) ;; *) fail "the answer to '$1' lacks $part: $answer" ;; esac
  done
}

"$bot" serve --listen 127.0.0.1:0 --database "$folder/check.db" --intents "$root/intents" --data "$root/data" \
  >"$folder/out" 2>"$folder/log" &
server=$!
port=
# With sanitizers the first start, which learns from all of data/, takes half a minute and more.
for _ in $(seq 1800); do
  port=$(sed -n 's/^immunobot serves .*:\([0-9]*\)$/\1/p' "$folder/out")
  [ -z "$port" ] || break
  kill -0 "$server" 2>/dev/null || fail 'the server did not start'
  sleep 0.1
done
[ -n "$port" ] || fail 'the server is not ready after 180 s'
"$bot" healthcheck --listen "127.0.0.1:$port" || fail 'the server is not healthy'

expect 'Where is CIML?' en Luminy
expect 'Quand a été créée la FHU ?' fr 2015

kill -TERM "$server"
wait "$server" || fail 'the server did not end well'
server=
echo 'check: both questions were answered over HTTP'
