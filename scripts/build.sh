#!/usr/bin/env bash
# Configures (once) and builds a preset: scripts/build.sh release|dev|asan|tsan [TARGET...]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:?"usage: scripts/build.sh release|dev|asan|tsan [TARGET...]"}; shift
[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >/dev/null
cmake --build "build/$preset" -j "$(nproc)" --target "${@:-all}"
