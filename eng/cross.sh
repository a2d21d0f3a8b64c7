# shellcheck shell=bash
# Sourced where something is linked for a processor that this machine has not.

# cross_triple RID: the name GNU's tools have for it; nothing for this machine's own and for what Debian has no linker for.
cross_triple() {
    [ "$1" != "$(this_rid)" ] || return 0
    case $1 in
        linux-x64) echo x86_64-linux-gnu ;;
        linux-arm64) echo aarch64-linux-gnu ;;
        linux-arm) echo arm-linux-gnueabihf ;;
    esac
}

# cross_packages RID: Debian's packages that link for it.
cross_packages() {
    case $(cross_triple "$1") in
        x86_64-linux-gnu) echo gcc-x86-64-linux-gnu libc6-dev-amd64-cross ;;
        aarch64-linux-gnu) echo gcc-aarch64-linux-gnu libc6-dev-arm64-cross ;;
        arm-linux-gnueabihf) echo gcc-arm-linux-gnueabihf libc6-dev-armhf-cross ;;
    esac
}

# need_packs RID: what can be built is decided by the packages that there are, not by a list here; asked before a linker is installed for nothing.
need_packs() {
    local log lacking
    log=$(mktemp)
    if dotnet restore src/Beacon.Aot -p:RuntimeIdentifier="$1" -v q >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi

    lacking=$(sed -n 's/.*error NU110[0-3]: [^ ]* [^ ]* [^ ]* [^ ]* \([A-Za-z0-9.-]*\)\. .*/\1/p' "$log" | sort -u | tr '\n' ' ')
    [ -z "$lacking" ] || fail "no native binary can be made for $1: the package feed lacks ${lacking% }"
    cat "$log" >&2
    fail "the packages for $1 could not be restored"
}

# need_linker RID: installs what links for it, this machine's own included.
need_linker() {
    local triple
    if [[ $1 == linux-musl-* && $1 != "$(this_rid)" ]]; then
        fail "$1 is linked on Alpine, against its C library: run this there, or build Dockerfile.alpine"
    fi

    triple=$(cross_triple "$1")
    # shellcheck disable=SC2046
    need_packages "${native_packages[@]}" $(cross_packages "$1")
    [ -z "$triple" ] || command -v "$triple-objcopy" >/dev/null ||
        fail "$1 needs a linker for $triple; this system has none that is called $triple-ld. Debian and Ubuntu call its package gcc-${triple//_/-}"
}

# objcopy_for RID: which of the two, GNU's or LLVM's, splits off the symbols must not depend on what is installed: their output differs.
objcopy_for() {
    local triple
    triple=$(cross_triple "$1")
    echo "${triple:+$triple-}objcopy"
}
