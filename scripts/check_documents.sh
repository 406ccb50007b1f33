#!/usr/bin/env bash
# Checks what the documents promise: links to files of the project, the table of options, the syntax of the scripts.
#   scripts/check_documents.sh PATH/OF/immunobot      the last line is 'N passed, N failed'
set -uo pipefail
bot=$(realpath "${1:?"usage: scripts/check_documents.sh PATH/OF/immunobot"}")
cd "$(dirname "$0")/.."
passed=0 failed=0
# true_that WHAT COMMAND...: counts, and tells WHAT if COMMAND fails
true_that() {
  local what=$1; shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

for document in *.md docs/*.md docs/channels/*.md; do
  while IFS= read -r target; do
    true_that "$document links to $target" test -e "$(dirname "$document")/$target"
  done < <(grep -oE '\]\([^)#]+' "$document" | sed 's/^](//' | grep -vE '^[a-z]+:')
done
while IFS= read -r option; do
  true_that "docs/operations.md tells of $option" grep -q -- "$option" docs/operations.md
done < <("$bot" serve --help | grep -oE '^ +(-h,)?--[a-z-]+' | grep -oE -- '--[a-z-]+' | grep -v -- --help)
while IFS= read -r variable; do
  true_that "docs/operations.md tells of $variable" grep -q "$variable" docs/operations.md
done < <("$bot" serve --help | grep -oE 'Env:[A-Z_]+' | sed 's/^Env://')
for script in scripts/* tests/clients/run .ci/run; do
  head -n 1 "$script" | grep -q 'bash' || continue
  true_that "$script is sound bash" bash -n "$script"
done
true_that 'scripts/run --help tells of --check' grep -q -- --check <(bash scripts/run --help)
true_that 'an unknown option of serve is refused' bash -c '! "$1" serve --no-such-option >/dev/null 2>&1' - "$bot"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
