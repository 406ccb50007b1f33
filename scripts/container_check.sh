#!/usr/bin/env bash
# Builds the image of the Dockerfile without a daemon, and looks whether what it promises holds inside:
#   scripts/container_check.sh [BASE_IMAGE]    as root, with buildah; without BASE_IMAGE also with debootstrap: a Debian 12 is made
#                                              from the package mirror of this machine, so no image registry is needed
# Everything is kept in a temporary folder (about 2 GB) and removed. Exit 0 if all holds; 'skipped: ...' where a tool is missing.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
base=${1:-}
if [ "$base" = --help ]; then sed -n '2,5s/^# //p' "$0"; exit 0; fi
needed=(buildah)
[ -n "$base" ] || needed+=(debootstrap)
for tool in "${needed[@]}"; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo 'skipped: only root may make a root file system'; exit 0; }

folder=$(mktemp -d)
container=
clean_up() {
  if [ -n "$container" ]; then bud rm "$container" >/dev/null 2>&1 || true; fi
  rm -rf --one-file-system "$folder"
}
trap clean_up EXIT
bud() { buildah --root "$folder/store" --runroot "$folder/run" --storage-driver vfs "$@"; }
inside() { bud run --isolation chroot "$container" -- "$@"; }
# The whole of a log is shown only when something fails.
quietly() { "$@" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; echo "container: failed: $1 $2" >&2; exit 1; }; }
holds() { echo "container: $1"; }
fail() { echo "container: FAILED: $*" >&2; exit 1; }

debian() {
  local sources mirror
  sources=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null || true)
  mirror=$(sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb \(\[[^]]*\] \)\?\([^ ]*\).*/\2/p' <<<"$sources" | grep -m 1 '/debian/\?$')
  quietly debootstrap --variant=minbase --include=ca-certificates bookworm "$folder/debian" "$mirror"
  # The certificates of this machine, for mirrors behind a proxy of its own.
  cp /usr/local/share/ca-certificates/*.crt "$folder/debian/usr/local/share/ca-certificates/" 2>/dev/null || true
  quietly chroot "$folder/debian" update-ca-certificates
  container=$(bud from scratch)
  quietly bud add --quiet "$container" "$folder/debian" /
  quietly bud commit --quiet "$container" localhost/debian:bookworm
  quietly bud rm "$container"
  container=
  rm -rf --one-file-system "$folder/debian"
  base=localhost/debian:bookworm
}
[ -n "$base" ] || debian
holds "base image $base"
quietly bud bud --isolation chroot --format docker --build-arg BASE_IMAGE="$base" -t localhost/immunobot "$root"
holds "the image is built, $(bud images --format '{{.Size}}' localhost/immunobot)"
container=$(bud from localhost/immunobot)

[ "$(inside id -u)" = 10001 ] || fail 'the program does not run as its own user'
if inside touch /usr/share/immunobot/mine 2>/dev/null; then fail 'the program may change its intents and facts'; fi
holds 'the program has a user of its own, who may write to the volume alone'
inside immunobot ask 'Where is CIML?' 2>/dev/null | grep Luminy || fail 'the question was not answered'
inside immunobot ask 'Quand a été créée la FHU ?' 2>/dev/null | grep 2015 || fail 'the question was not answered'
bud inspect --type image localhost/immunobot | grep -q '"healthcheck"' || fail 'the image has no health check'

# The network is that of this machine: a free port, and nothing but this machine may ask.
inside sh -c '
  IMMUNOBOT_LISTEN=127.0.0.1:0 immunobot serve >out 2>log & server=$!
  tries=0
  until [ -s out ] || [ $((tries += 1)) -gt 100 ]; do sleep 0.1; done
  immunobot healthcheck --listen "$(sed "s/.*\///" out)" || { cat log; kill $server; exit 1; }
  kill $server && wait $server' || fail 'the server is not healthy, or does not end well'
holds 'the server is healthy, and ends when it is told to'
