#!/usr/bin/env bash
# Keeps the examples of README.md true. In its ```console blocks each line '$ immunobot ...' is run, and what follows
# has to be what the program prints.
#   scripts/readme_examples.sh PATH/OF/immunobot            compares; the last line is 'N passed, N failed'
#   scripts/readme_examples.sh PATH/OF/immunobot --update   writes what the program prints into README.md
set -euo pipefail
bot=$(realpath "${1:?"usage: scripts/readme_examples.sh PATH/OF/immunobot [--update]"}")
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export IMMUNOBOT_DATABASE=$folder/readme.db NO_COLOR=1
mkdir "$folder/bin"
ln -s "$bot" "$folder/bin/immunobot"
PATH=$folder/bin:$PATH
immunobot import >/dev/null

mode=${2:-}
passed=0 failed=0 inside=0 command='' wanted=''
# Ends the example in hand: prints what the program says, and counts.
finish() {
  [ -n "$command" ] || return 0
  local real
  real=$(eval "$command" 2>&1) || true
  printf '%s\n' "$real"
  if [ "$real"$'\n' = "$wanted" ]; then
    passed=$((passed + 1))
  elif [ "$mode" != --update ]; then
    failed=$((failed + 1))
    printf 'README.md: %s\n' "$command" >&2
    diff <(printf %s "$wanted") <(printf '%s\n' "$real") >&2 || true
  fi
  command='' wanted=''
}
while IFS= read -r line; do
  case $inside:$line in
    '0:```console') inside=1 ;;
    '1:```') finish; inside=0 ;;
    '1:$ immunobot '*) finish; printf '%s\n' "$line"; command=${line#'$ '}; continue ;;
  esac
  if [ $inside = 1 ] && [ -n "$command" ]; then wanted+=$line$'\n'; else printf '%s\n' "$line"; fi
done <README.md >"$folder/README.md"

if [ "$mode" = --update ]; then cat "$folder/README.md" >README.md; exit 0; fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
