#!/usr/bin/env bash
# Installs the Debian 12 packages that are missing for building, as root or with sudo, and says which:
#   scripts/setup.sh [--tests|--bench]      --tests: also what the tests need; --bench: also what scripts/bench needs
# When nothing is missing it does nothing, asks for no rights and does not touch the network.
set -euo pipefail

packages=(g++ cmake ninja-build pkg-config ca-certificates
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libsqlite3-dev libspdlog-dev libfmt-dev
  libyaml-cpp-dev libutf8proc-dev libidn2-dev libstemmer-dev libedit-dev libsodium-dev libcli11-dev libssl-dev
  zlib1g-dev libbrotli-dev libzopfli-dev esbuild libjs-chart.js)
case ${1:-} in
  '') ;;
  --tests)
    packages+=(catch2 python3 git chromium)
    # Somebody else's Node will do as well, and Debian's would not stand beside it.
    command -v npm >/dev/null || packages+=(nodejs npm) ;;
  --bench) packages+=(wrk) ;;
  *) sed -n '2,4s/^# //p' "$0"; [ "$1" = --help ]; exit ;;
esac

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || {
    echo "setup: no sudo here; as root, run: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# quietly COMMAND...: its output is shown only if it fails
quietly() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1 </dev/null || { cat "$log" >&2; echo "setup: failed: $*" >&2; exit 1; }
}
echo "setup: installing ${#missing[@]} Debian packages (some minutes at most): ${missing[*]}" >&2
quietly apt-get update -q
quietly apt-get install -qy --no-install-recommends "${missing[@]}"
echo "setup: installed after $SECONDS s" >&2
