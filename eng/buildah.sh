# shellcheck shell=bash
# Sourced where images are built and run: buildah with a store in artifacts, so that it meets no other and goes with them.
buildah_here() {
    buildah --storage-driver vfs --root "$root/artifacts/image/store" --runroot "$root/artifacts/image/run" "$@"
}
