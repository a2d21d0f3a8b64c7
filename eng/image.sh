#!/usr/bin/env bash
# image.sh ARCH…: builds Dockerfile for amd64 or arm64 with buildah, which needs no daemon and no registry, as localhost/beacon:ARCH in a store
# of its own, and holds the sizes against eng/budgets.json. The binaries come from ./build.sh publish.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. eng/buildah.sh
need_packages "${image_packages[@]}"
[ $# -gt 0 ] || set -- amd64
bash eng/image-root.sh "$@"
created=$(date -u -d "@$(commit_date)" +%Y-%m-%dT%H:%M:%SZ)
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
# Only an address that everybody can open.
source=$(git remote get-url origin 2>/dev/null | grep -E '^https://' | sed 's/\.git$//' || true)

for arch in "$@"; do
    say "image for $arch"
    buildah_here bud --layers --isolation chroot --format docker --platform "linux/$arch" --timestamp "$(commit_date)" --quiet \
        --build-arg VERSION="$(version)" --build-arg REVISION="$revision" --build-arg CREATED="$created" --build-arg SOURCE="$source" \
        --tag "localhost/beacon:$arch" --file Dockerfile .
    # As a registry would hold it.
    pushed=artifacts/image/$arch/pushed
    rm -rf "$pushed"
    buildah_here push --quiet --format v2s2 --compression-format gzip --compression-level 9 "localhost/beacon:$arch" "dir:$pushed"
    packed=0 unpacked=0
    for layer in $(grep -oE '"sha256:[0-9a-f]{64}"' "$pushed/manifest.json" | tr -d '"' | cut -d: -f2 | tail -n +2); do
        packed=$((packed + $(wc -c <"$pushed/$layer")))
        unpacked=$((unpacked + $(zcat "$pushed/$layer" | wc -c)))
    done

    printf 'image %s: %s bytes unpacked, budget %s; %s bytes to download, budget %s\n' "$arch" \
        "$unpacked" "$(budget image_bytes_max)" "$packed" "$(budget image_download_bytes_max)"
    [ "$unpacked" -le "$(budget image_bytes_max)" ] || fail "the image for $arch is larger than eng/budgets.json allows"
    [ "$packed" -le "$(budget image_download_bytes_max)" ] || fail "the image for $arch is a larger download than eng/budgets.json allows"
done
