#!/usr/bin/env bash
# `immunobot check` tells what is wrong in each word list: check_words.sh PROGRAM ROOT
set -euo pipefail
bot=$1 root=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# broken FILE LINE: check fails and names the file when the line is appended
broken() {
  rm -rf "$folder/data"
  cp -r "$root/data" "$folder/data"
  echo "$2" >>"$folder/data/$1"
  if "$bot" check --data "$folder/data" --intents "$root/intents" >"$folder/out" 2>&1; then echo "a bad $1 was not told" >&2; exit 1; fi
  grep -q "$1:" "$folder/out" || { cat "$folder/out" >&2; exit 1; }
}
broken words.csv 'nonsense,x,y'
broken refusals.csv 'de,Wo kann ich parken?'
broken phrases.csv 'nonsense,x,y'
broken forms.csv 'de,gehen,ging'
