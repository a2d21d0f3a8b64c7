#!/usr/bin/env bash
# image-root.sh ARCH…: everything in the container image besides the binary, as artifacts/image/ARCH/base.tar, for amd64 or arm64: the C library
# and OpenSSL of Debian's packages, certificates of authorities, the user, an empty data directory. The packages are fetched and unpacked,
# not installed, so any processor's can be had, and nothing of this machine gets in. Every file has the same date, so that a new Beacon on
# the same packages is a new layer of its own and no new base.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
packages=(libc6 libssl3 ca-certificates base-files)
user_id=1000

is_debian_12 || fail "the image is made of Debian 12's packages and this is another system; run it in a container of debian:12"

# fetch ARCH DIRECTORY: the packages' files, by apt's own rules and keys, in a state that is not this machine's.
fetch() {
    local arch=$1 into=$2 state
    state=$(realpath -m "artifacts/image/apt/$arch")
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$into"
    : >"$state/status"
    local options=(-qq -o "APT::Architecture=$arch" -o "APT::Architectures::=$arch" -o "Dir::State=$state" -o "Dir::State::Lists=$state/lists"
        -o "Dir::State::status=$state/status" -o "Dir::Cache=$state/cache" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update
    rm -f "$into"/*.deb
    (cd "$into" && apt-get "${options[@]}" download "${packages[@]}")
}

# needed FILE: the libraries it is linked to.
needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }

# libraries FROM TO: what the binary and OpenSSL need, and what that needs.
libraries() {
    local from=$1 to=$2 binary=$3 wanted=(libssl.so.3) name path
    mapfile -t -O 1 wanted < <(needed "$binary")
    while [ ${#wanted[@]} -gt 0 ]; do
        name=${wanted[0]}
        wanted=("${wanted[@]:1}")
        [ ! -e "$to/$name" ] || continue
        path=$(find "$from" -name "$name" -path '*/lib/*' -print -quit)
        [ -n "$path" ] || fail "$name is in none of the packages ${packages[*]}"
        install -m 755 "$(realpath "$path")" "$to/$name"
        mapfile -t -O ${#wanted[@]} wanted < <(needed "$to/$name")
    done
}

make_root() {
    local arch=$1 rid triple files work root interpreter package deb
    case $arch in
        amd64) rid=linux-x64 triple=x86_64-linux-gnu ;;
        arm64) rid=linux-arm64 triple=aarch64-linux-gnu ;;
        *) fail "no image for $arch: amd64 and arm64 are there" ;;
    esac
    local binary=artifacts/native/$rid/beacon
    [ -f "$binary" ] || fail "$binary is not there; make it with ./build.sh publish $rid"
    work=artifacts/image/$arch
    rm -rf "$work"
    files=$work/packages root=$work/root
    mkdir -p "$files" "$root"/{app/data,etc/ssl/certs,"lib/$triple",usr/lib/ssl,usr/share/doc,var/lib/dpkg/status.d}
    say "Debian's libraries for $arch"
    fetch "$arch" "$files"

    for package in "${packages[@]}"; do
        deb=$(find "$files" -name "${package}_*.deb")
        dpkg-deb -x "$deb" "$files/unpacked"
        # Scanners find the packages of an image without dpkg by these files.
        dpkg-deb -f "$deb" >"$root/var/lib/dpkg/status.d/$package"
        install -Dm 644 "$files/unpacked/usr/share/doc/$package/copyright" "$root/usr/share/doc/$package/copyright"
    done

    libraries "$files/unpacked" "$root/lib/$triple" "$binary"
    # The loader is called by the path that stands in the binary.
    interpreter=$(readelf -lW "$binary" | sed -n 's/.*Requesting program interpreter: \(.*\)\]/\1/p')
    mkdir -p "$root${interpreter%/*}"
    mv "$root/lib/$triple/${interpreter##*/}" "$root$interpreter"

    find "$files/unpacked/usr/share/ca-certificates" -name '*.crt' | LC_ALL=C sort | xargs cat >"$root/etc/ssl/certs/ca-certificates.crt"
    ln -s /etc/ssl/certs "$root/usr/lib/ssl/certs"
    install -m 644 "$files/unpacked/usr/lib/os-release" "$root/etc/os-release"
    printf 'root:x:0:0:root:/:/sbin/nologin\nbeacon:x:%s:%s:Beacon:/app/data:/sbin/nologin\n' $user_id $user_id >"$root/etc/passwd"
    printf 'root:x:0:\nbeacon:x:%s:\n' $user_id >"$root/etc/group"
    printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"

    # Two archives in one: all of it is root's but the data directory.
    tar --create --file "$work/base.tar" --directory "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --exclude=./app/data .
    tar --append --file "$work/base.tar" --directory "$root" --mtime=@0 --owner=$user_id --group=$user_id --numeric-owner --mode=750 ./app/data
    install -m 755 "$binary" "$work/beacon"
    printf '%s: %s bytes, and the binary %s\n' "$work/base.tar" "$(wc -c <"$work/base.tar")" "$(wc -c <"$work/beacon")"
}

[ $# -gt 0 ] || fail "image-root.sh takes amd64 or arm64"
for arch in "$@"; do
    make_root "$arch"
done
