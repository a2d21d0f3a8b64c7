#!/usr/bin/env bash
# pin.sh VERSION DIGEST [NOTES]: makes the Umbrel package that of a release. DIGEST is the digest of the image's multi-architecture index
# ("docker buildx imagetools inspect ghcr.io/bitsperity/beacon:VERSION" says it), known only after the image was pushed. NOTES is what
# Umbrel shows to those who update.
set -euo pipefail
package=${BEACON_UMBREL_PACKAGE:-$(dirname "${BASH_SOURCE[0]}")/bitsperity-beacon}

refuse() {
    printf 'pin.sh: %s\n' "$*" >&2
    exit 64
}

[ $# -eq 2 ] || [ $# -eq 3 ] || refuse "say VERSION and DIGEST, and perhaps NOTES"
version=$1 digest=$2 notes=${3:-}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || refuse "\"$version\" is not a version such as 2.0.1"
[[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || refuse "\"$digest\" is not sha256: and 64 hexadecimal digits"
[[ ${digest#sha256:} =~ [1-9a-f] ]] || refuse "that digest is the one that means \"not released\""
[[ $notes != *[\"\\]* && $notes != *$'\n'* ]] || refuse "notes are one line without quotation marks and backslashes"

# Both or none: the new files are there before the first of the old ones goes.
sed -E "s#^version: .*#version: \"$version\"#; s#^releaseNotes: .*#releaseNotes: \"${notes//[&#]/\\&}\"#" "$package/umbrel-app.yml" >"$package/.umbrel-app.yml"
sed -E "s#(image: [^:@]+):[^@]+@sha256:[0-9a-f]{64}#\1:$version@$digest#" "$package/docker-compose.yml" >"$package/.docker-compose.yml"
for file in umbrel-app.yml docker-compose.yml; do
    grep -qF "$version" "$package/.$file" || refuse "$file has no place for the version"
done

mv "$package/.docker-compose.yml" "$package/docker-compose.yml"
mv "$package/.umbrel-app.yml" "$package/umbrel-app.yml"
printf 'bitsperity-beacon is now %s, %s\n' "$version" "$digest"
