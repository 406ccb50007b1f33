#!/bin/sh
# What is typed at a terminal arrives with its accents, even where no locale is set.
#   accents.sh PATH/OF/immunobot ROOT
set -eu
bot=$1 root=$2
command -v script >/dev/null || { echo "skipped: script (bsdutils) is not installed"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$bot" import --database "$folder/chat.db" --data "$root/data" >/dev/null 2>&1
printf 'Quand a été créée la FHU ?\n/quit\n' |
    LC_ALL=C TERM=xterm script -qec "'$bot' chat --database '$folder/chat.db' --data '$root/data' --intents '$root/intents'" /dev/null >"$folder/screen"
# The terminal echoes what waits before the program reads it, so the line of the prompt is the one that counts.
grep -a '> .*Quand a été créée' "$folder/screen" >/dev/null || { cat "$folder/screen"; exit 1; }
