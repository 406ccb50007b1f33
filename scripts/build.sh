#!/usr/bin/env bash
# Configures a preset (once) and builds it: scripts/build.sh release|dev|asan|tsan [TARGET...]
# Nothing is printed when there is nothing to build.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:?"usage: scripts/build.sh release|dev|asan|tsan [TARGET...]"}; shift
targets=("${@:-all}")
if [ ! -f "build/$preset/build.ninja" ]; then
  echo "build: configuring build/$preset" >&2
  cmake --preset "$preset" >/dev/null
fi
# The dry run also tells whether CMake's own files changed.
if ninja -C "build/$preset" -n "${targets[@]}" 2>/dev/null | grep -q 'no work to do'; then exit 0; fi
echo "build: building build/$preset" >&2
cmake --build "build/$preset" -j "$(nproc)" --target "${targets[@]}"
echo "build: built build/$preset after $SECONDS s" >&2
