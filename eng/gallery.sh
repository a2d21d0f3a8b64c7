#!/usr/bin/env bash
# gallery.sh: the pictures of the Umbrel store in deploy/umbrel/assets, from the published binary with a household's services, in a network
# namespace of its own (root). They are committed; make them again when the dashboard has changed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_packages chromium iproute2 pngquant
bash eng/ui.sh
export BEACON_BINARY=${BEACON_BINARY:-$root/artifacts/native/$(this_rid)/beacon}
[ -x "$BEACON_BINARY" ] || fail "$BEACON_BINARY is not there; ./build.sh publish makes it"
assets=$root/deploy/umbrel/assets
most_bytes=256000
raw=$(mktemp -d)
net=beacon-gallery-$$
trap 'rm -rf "$raw"; ip netns del "$net" 2>/dev/null || true' EXIT

ip netns add "$net"
ip -n "$net" link set lo up
ip -n "$net" link add eth0 type veth peer name eth1
ip -n "$net" addr add 192.168.1.2/24 dev eth0
ip -n "$net" link set eth0 up
ip -n "$net" link set eth1 up
(cd ui && ip netns exec "$net" node tests/gallery.mjs "$raw")

for picture in "$raw"/*.png; do
    pngquant --force --strip --speed 1 --quality 80-98 --output "$assets/$(basename "$picture")" "$picture"
    size=$(wc -c <"$assets/$(basename "$picture")")
    [ "$size" -lt "$most_bytes" ] || fail "$(basename "$picture") has $size bytes"
    printf '%s: %s bytes\n' "deploy/umbrel/assets/$(basename "$picture")" "$size"
done
