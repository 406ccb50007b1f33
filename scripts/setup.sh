#!/usr/bin/env bash
# Installs the Debian 12 packages that building (or, with --tests, testing) needs and that are missing; says which.
# Does nothing, and asks for no rights, when all are there.
set -euo pipefail

packages=(g++ cmake ninja-build pkg-config ca-certificates
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libsqlite3-dev libspdlog-dev libfmt-dev
  libyaml-cpp-dev libutf8proc-dev libstemmer-dev libedit-dev libcli11-dev libssl-dev)
if [ "${1:-}" = --tests ]; then
  packages+=(ccache catch2 python3 git)
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "setup: these packages are missing and there is no sudo: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
echo "setup: installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q >/dev/null
"${as_root[@]}" apt-get install -qy --no-install-recommends "${missing[@]}" >/dev/null
