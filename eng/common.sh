# Sourced by every step: where things are, and how to make sure that what a step needs is there.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '\n== %s\n' "$*"; }

fail() {
    printf 'build: %s\n' "$*" >&2
    exit 1
}

# The runtime identifier of this machine.
this_rid() {
    local system machine
    case $(uname -s) in
        Linux) system=linux ;;
        Darwin) system=osx ;;
        *) system=win ;;
    esac
    case $(uname -m) in
        x86_64 | amd64) machine=x64 ;;
        aarch64 | arm64) machine=arm64 ;;
        *) fail "no native build for $(uname -m)" ;;
    esac
    # Alpine and its like have another C library, and .NET another name for it.
    if [ "$system" = linux ] && compgen -G "/lib/ld-musl-*" >/dev/null && ! compgen -G "/lib*/ld-linux-*" >/dev/null; then
        system=linux-musl
    fi
    echo "$system-$machine"
}

is_debian_12() { (. /etc/os-release && [ "$ID-${VERSION_ID:-}" = debian-12 ]) 2>/dev/null; }

# The version of the sources.
version() { sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props; }

# Seconds since 1970: the date that goes into what is made, so that making it again gives the same. SOURCE_DATE_EPOCH where there is no git.
commit_date() { echo "${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}"; }

need_dotnet() {
    local wanted
    wanted=$(sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' global.json)
    command -v dotnet >/dev/null || fail "the .NET SDK $wanted or a later 10.0 is not installed; see https://dotnet.microsoft.com/download/dotnet/10.0"
    # The SDK itself applies global.json and refuses when nothing installed will do.
    dotnet --version >/dev/null 2>&1 || fail "Beacon needs the .NET SDK $wanted or a later 10.0; installed: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')"
}

missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$package"
    done
}

# Debian and Ubuntu: installs what is missing when it may, and otherwise says what to type. Nothing is skipped silently.
need_packages() {
    local missing as_root=""
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        command -v clang >/dev/null || fail "clang is not installed; the native build needs it and zlib's headers. For this system install the equivalents of: $*"
        return 0
    fi

    missing=$(missing_packages "$@")
    missing=${missing% }
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo -n"
        sudo -n true 2>/dev/null || fail "packages are missing; type: sudo apt-get update && sudo apt-get install -y $missing"
    fi

    say "installing $missing"
    # shellcheck disable=SC2086
    $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
        fail "apt-get failed; type: sudo apt-get update && sudo apt-get install -y $missing"
}

# The dashboard is built with Node. The distribution's will do; one that is there already is left alone.
need_node() {
    local oldest=18
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        need_packages nodejs npm
    fi

    command -v node >/dev/null && command -v npm >/dev/null || fail "Node $oldest or later with npm is not installed; the dashboard is built with it"
    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge "$oldest" ] || fail "the dashboard needs Node $oldest or later; installed: $(node --version)"
}

native_packages=(clang zlib1g-dev)
test_packages=(avahi-daemon avahi-utils chromium curl dbus dnsutils fish groff-base iproute2 mandoc nftables prometheus python3-zeroconf strace tshark zsh)
image_packages=(buildah curl openssl qemu-user-static)
# For the tests of what is in deploy/.
deploy_packages=(bubblewrap curl iproute2 procps python3-seccomp python3-yaml shellcheck systemd systemd-container)

# The responders from npm that the laboratory holds Beacon against, in the versions of their lock file. Without npm, or
# without a way to its registry, their tests are skipped and counted.
install_node_oracles() {
    local from=tests/Beacon.Native.Tests/Lab into=artifacts/lab-node
    if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
        echo "node or npm is not installed: the tests with ciao and bonjour-service will be skipped"
        return 0
    fi

    mkdir -p "$into"
    cp "$from/package.json" "$from/package-lock.json" "$into/"
    if ! npm ci --prefix "$into" --no-audit --no-fund --ignore-scripts --loglevel error; then
        rm -rf "$into/node_modules"
        echo "npm could not install them: the tests with ciao and bonjour-service will be skipped"
    fi
}

# budget NAME: a number of eng/budgets.json.
budget() { sed -n "s/.*\"$1\": *\"\{0,1\}\([0-9.]*\).*/\1/p" eng/budgets.json; }

# run_load_test SCENARIO RESULTS OPTIONS…: one scenario of loadtests/Beacon.LoadTests against the published binary.
run_load_test() {
    local scenario=$1 results=$2 rid
    shift 2
    rid=$(this_rid)
    bash eng/publish-native.sh "$rid"
    dotnet build loadtests/Beacon.LoadTests -c Release -v q -nologo
    exec artifacts/bin/Beacon.LoadTests/release/Beacon.LoadTests "$scenario" --beacon "artifacts/native/$rid/beacon" --results "$results" "$@"
}

# run_load_beside_bare SCENARIO OPTIONS…: the same with loadtests/BareKestrel as the ceiling. An answer is taken by the thread that hears of it:
# handing it on would cost the asker more than the server needs for it.
run_load_beside_bare() {
    local scenario=$1
    shift
    need_packages "${native_packages[@]}"
    say "publishing BareKestrel"
    dotnet publish loadtests/BareKestrel -c Release -r "$(this_rid)" -o artifacts/bench/bare -v q -nologo
    export DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1
    run_load_test "$scenario" artifacts/bench --vs artifacts/bench/bare/BareKestrel "$@"
}
