#!/usr/bin/env bash
# test-image.sh: runs the image that eng/image.sh built for this machine, with a root file system that cannot be written, and asks it what a user
# would. The last line counts the tests. Ports 18610 to 18613 on loopback.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. eng/buildah.sh
need_packages "${image_packages[@]}"
case $(this_rid) in
    linux-x64) arch=amd64 ;;
    linux-arm64) arch=arm64 ;;
    *) fail "there is no image for $(this_rid)" ;;
esac
port=18610
api=http://127.0.0.1:$port/api/v1
work=$(mktemp -d)
passed=0
failed=0
beacon=""
tls=""
cleanup() {
    [ -z "$beacon" ] || kill -KILL "$beacon" 2>/dev/null || true
    [ -z "$tls" ] || kill -KILL "$tls" 2>/dev/null || true
    buildah_here rm beacon-under-test >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT
cleanup
mkdir -p "$work/data"

say "a container of localhost/beacon:$arch"
buildah_here from --name beacon-under-test "localhost/beacon:$arch" >/dev/null
files=$(buildah_here mount beacon-under-test)
buildah_here inspect --type image "localhost/beacon:$arch" >"$work/image.json"
config() { node -p "const c = JSON.parse(require('fs').readFileSync('$work/image.json')).Docker.config; $1"; }

# The environment, the user and the health check are those that the image says, not those that we think it says.
environment=()
while IFS= read -r variable; do environment+=(-e "$variable"); done < <(config 'c.Env.join("\n")')
environment+=(-e "BEACON_PORT=$port" -e BEACON_MDNS=off -e BEACON_HOST=127.0.0.1)
[ "$(config 'c.User')" = 1000:1000 ] || fail "the image wants another user than the tests run it as"
[ "$(config 'c.Entrypoint.join(" ")')" = /beacon ] || fail "the image starts another program than the tests run"
read -ra command < <(config 'c.Cmd.join(" ")')
read -ra health < <(config 'c.Healthcheck.Test.slice(2).join(" ")')

in_image() { bash eng/container.sh "$files" "$work/data" "${environment[@]}" "$@"; }
# In the shell's own place, so that what the shell knows as its child is Beacon.
become_image() { exec bash eng/container.sh "$files" "$work/data" "${environment[@]}" "$@"; }

start() {
    become_image "$@" "${command[@]}" >>"$work/log" 2>&1 &
    beacon=$!
    for ((i = 0; i < 100; i++)); do
        curl -sf -o "$work/ready" "$api/ready" && return 0
        kill -0 "$beacon" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/log" >&2
    return 1
}

stop() {
    kill -TERM "$beacon"
    wait "$beacon"
    beacon=""
}

# check SENTENCE COMMAND…: one test.
check() {
    local sentence=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        passed=$((passed + 1))
        printf 'ok      %s\n' "$sentence"
    else
        failed=$((failed + 1))
        printf 'FAILED  %s\n' "$sentence"
        sed 's/^/        /' "$work/said"
        echo
    fi
}

field() { node -p "const answer = JSON.parse(require('fs').readFileSync(0)); $1"; }
register() { curl -sf --json "$1" "$api/services/register" | field answer.service_id; }

nothing_but_what_it_needs() {
    tar -tvf "artifacts/image/$arch/base.tar" | awk '$1 ~ /[sStT]/ && $1 !~ /^d/ { print "sets its user or group:", $0; bad = 1 }
        $2 != "0/0" && !($2 == "1000/1000" && $6 ~ /^.\/app\/data/) { print "is not root'"'"'s:", $0; bad = 1 }
        $1 ~ /^-.*x/ && $6 !~ /\.so(\.|$)/ { print "can be run:", $0; bad = 1 } END { exit bad }'
}

libraries_suffice() {
    # The loader itself, so that this machine's libraries cannot help out.
    local loader
    loader=$(readelf -lW "$files/beacon" | sed -n 's/.*Requesting program interpreter: \(.*\)\]/\1/p')
    in_image --program "$loader --list" /beacon && in_image --program "$loader --list" "$(cd "$files" && echo /lib/*/libssl.so.3)"
}

empty_is_unhealthy() {
    local code=0
    in_image "${health[@]}" || code=$?
    [ "$code" -eq 1 ]
}

a_folder_of_root_is_refused() {
    local code=0
    mkdir -p "$work/roots"
    bash eng/container.sh "$files" "$work/roots" "${environment[@]}" serve >"$work/refusal" 2>&1 || code=$?
    cat "$work/refusal"
    [ "$code" -eq 73 ] && grep -q /app/data "$work/refusal"
}

is_an_ordinary_user() {
    grep -E '^(Uid|Gid|Groups|CapPrm|CapEff|NoNewPrivs)' "/proc/$beacon/status"
    grep -qP '^Uid:\t1000\t1000\t1000\t1000$' "/proc/$beacon/status" && grep -qP '^Gid:\t1000\t1000' "/proc/$beacon/status" &&
        grep -qP '^CapEff:\t0+$' "/proc/$beacon/status" && grep -qP '^NoNewPrivs:\t1$' "/proc/$beacon/status"
}

says_its_version() {
    local said
    said=$(in_image version)
    echo "$said, and the label: $(config 'c.Labels["org.opencontainers.image.version"]')"
    [[ $said == "beacon $(config 'c.Labels["org.opencontainers.image.version"]')"* ]]
}

registers_renews_and_finds() {
    id=$(register '{"name":"kitchen broker","type":"mqtt","host":"127.0.0.1","port":1883,"ttl":600}')
    curl -sf -X PUT "$api/services/$id/heartbeat" && curl -sf "$api/services/discover?type=mqtt" | tee /dev/stderr | grep -q '"kitchen broker"'
}

still_knows_it() { curl -sf "$api/services/$id" | tee /dev/stderr | grep -q '"kitchen broker"'; }
shows_the_dashboard() { curl -sf -H 'Accept: text/html' "http://127.0.0.1:$port/" | grep -qi '<!doctype html>'; }

# tls_check HOST: registers a service behind TLS on HOST and prints what a check of it says. Beacon goes there by the machine's own address, whatever
# name of loopback HOST is.
tls_check() {
    local service
    service=$(register "{\"name\":\"safe\",\"type\":\"https\",\"host\":\"$1\",\"port\":18611,\"ttl\":600,\"health_check_url\":\"https://$1:18611/\"}")
    sleep 1.2
    curl -s -X POST "$api/services/$service/check" | tee /dev/stderr
    curl -sf -X DELETE "$api/services/$service" >/dev/null
}

unknown_authority() { tls_check 127.0.0.1 | grep -q 'signed by nobody this machine trusts'; }
known_authority() { tls_check 127.0.0.1 | grep -q '"healthy"'; }
name_of_the_hosts_file() { tls_check nas.lan | grep -q '"healthy"'; }

writes_nothing_elsewhere() {
    find "$files" -xdev -newer "$work/before" ! -path "$files/proc" ! -path "$files/dev" ! -path "$files" | tee "$work/written"
    [ ! -s "$work/written" ] && [ -s "$work/data/beacon.db" ] && [ "$(stat -c %u:%g "$work/data/beacon.db")" = 1000:1000 ]
}

authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=Authority of a home" -keyout "$work/ca.key" -out "$work/ca.pem"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=safe" -keyout "$work/tls.key" -out "$work/tls.csr"
    printf 'subjectAltName=IP:127.0.0.1,DNS:nas.lan\n' >"$work/san"
    openssl x509 -req -in "$work/tls.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 2 -extfile "$work/san" -out "$work/tls.pem"
} 2>/dev/null

touch "$work/before"
sleep 0.01
check "it holds libraries, certificates and records, all root's, and no program but Beacon" nothing_but_what_it_needs
check "the loader finds every library in the image" libraries_suffice
check "its label says the version that the program says" says_its_version
check "without a server the health check fails with 1" empty_is_unhealthy
check "a data folder that belongs to root is refused by name, with 73" a_folder_of_root_is_refused
chown 1000:1000 "$work/data"
check "it starts without a right to write but in its data directory" start
check "it runs as user and group 1000 without any capability" is_an_ordinary_user
check "the health check of the image passes" in_image "${health[@]}"
check "a service registers, renews and is found" registers_renews_and_finds
check "the dashboard is served" shows_the_dashboard
check "it stops with 0 when it is asked to" stop
check "it starts again" start
check "what was registered survived" still_knows_it
check "nothing was written but in the data directory, and that as user 1000" writes_nothing_elsewhere
authority
# It ends with its input, so that is one that never ends.
mkfifo "$work/never"
openssl s_server -accept 18611 -cert "$work/tls.pem" -key "$work/tls.key" -www -quiet <>"$work/never" >"$work/tls.log" 2>&1 &
tls=$!
check "a certificate of an authority that it does not know is not trusted" unknown_authority
stop
cat "$work/ca.pem" "$files/etc/ssl/certs/ca-certificates.crt" >"$work/bundle.pem"
check "it starts with the bundle of certificates replaced by one with ours in it" start -v "$work/bundle.pem:/etc/ssl/certs/ca-certificates.crt"
check "the bundle is what certificates are judged by" known_authority
stop
printf '127.0.0.1 localhost nas.lan\n' >"$work/hosts"
chmod 644 "$work/ca.pem" "$work/hosts"
check "it starts with a certificate of ours beside the bundle, and a hosts file" start -v "$work/ca.pem:/etc/ssl/certs/home.pem" -v "$work/hosts:/etc/hosts"
check "a certificate beside the bundle is trusted" known_authority
check "a name of the hosts file is resolved" name_of_the_hosts_file
stop

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
