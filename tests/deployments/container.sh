#!/usr/bin/env bash
# Beacon under what the compose files and the Umbrel package allow it: user 1000, nothing but /app/data to write, no capability, their
# environment, the host's network (here: a namespace with one link). No container engine runs here, and no image is used.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

# contained FILE SERVICE [NAME=VALUE…]: starts Beacon so, in $net; its output is in $work/log.
contained() {
    local file=$1 service=$2 pair environment
    shift 2
    environment=$("$python" "$root/tests/deployments/compose-environment.py" "$file" "$service" "$@")
    mkdir -p "$work/data"
    chown 1000:1000 "$work/data"
    set -- --setenv PATH /usr/bin
    while IFS= read -r pair; do
        set -- "$@" --setenv "${pair%%=*}" "${pair#*=}"
    done <<<"$environment"
    # What every engine puts into a container.
    echo "nameserver 127.0.0.11" >"$work/resolv.conf"
    chmod 644 "$work/resolv.conf"
    ip netns exec "$net" bwrap --unshare-ipc --unshare-pid --unshare-uts --die-with-parent --clearenv "$@" \
        --cap-drop ALL --cap-add CAP_SETUID --cap-add CAP_SETGID --cap-add CAP_SETPCAP \
        --ro-bind /usr /usr --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/bin /bin \
        --ro-bind "$beacon" /beacon --perms 0755 --dir /etc --ro-bind "$work/resolv.conf" /etc/resolv.conf --perms 0755 --dir /app --bind "$work/data" /app/data --dev /dev --proc /proc --remount-ro / \
        setpriv --reuid 1000 --regid 1000 --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs /beacon serve >"$work/log" 2>&1 &
}

ready() {
    until_true 20 ask --fail "http://127.0.0.1:$1/api/v1/ready" || { cat "$work/log" && return 1; }
}

register() { ask -X POST "http://127.0.0.1:$1/api/v1/services/register" -d '{"name": "printer", "type": "ipp", "host": "10.77.0.9", "port": 631}'; }

announced() { ask "http://127.0.0.1:$1/api/v1/mdns?q=printer" | grep -q '"announced"'; }

test_alone_it_stores_and_announces_and_says_goodbye() {
    own_network
    contained "$deploy/docker-compose.yml" beacon
    ready 8080
    contains "$(register 8080)" service_id
    until_true 10 announced 8080
    same 1000 "$(stat -c %u "$work/data/beacon.db")"
    contains "$(ask --fail -H 'Accept: text/html' http://127.0.0.1:8080/)" '<html'
    stop_politely
    until_true 15 grep -q 'Beacon stopped' "$work/log"
    contains "$(cat "$work/log")" "goodbyes sent"
    lacks "$(cat "$work/log")" '"level":"error"'
}

test_the_port_is_that_of_the_environment() {
    own_network
    contained "$deploy/docker-compose.yml" beacon BEACON_PORT=8099
    ready 8099
}

# What a user sees who started it too early, or whose MongoDB does not start: a dashboard that says so, not a container that comes and goes.
test_with_MongoDB_away_it_stays_up_takes_registrations_and_says_that_it_is_degraded() {
    own_network
    contained "$deploy/docker-compose.mongodb.yml" beacon MONGODB_PASSWORD=secret
    until_true 20 ask http://127.0.0.1:8080/api/v1/live
    contains "$(register 8080)" service_id
    until_true 10 announced 8080
    until_true 10 says_degraded 8080
    lacks "$(cat "$work/log")" secret
}

says_degraded() { ask "http://127.0.0.1:$1/api/v1/health" | grep -q '"degraded"'; }

test_the_Umbrel_package_listens_on_the_port_of_its_manifest_and_survives_without_MongoDB() {
    own_network
    package=$deploy/umbrel/bitsperity-beacon
    port=$(sed -n 's/^port: //p' "$package/umbrel-app.yml")
    contained "$package/docker-compose.yml" server
    until_true 20 ask "http://127.0.0.1:$port/api/v1/live"
    contains "$(register "$port")" service_id
    until_true 10 announced "$port"
    until_true 10 says_degraded "$port"
    contains "$(ask --fail -H 'Accept: text/html' "http://127.0.0.1:$port/")" '<html'
    contains "$(ask "http://127.0.0.1:$port/api/v1/configuration")" 8353
}

test_a_missing_password_is_refused_before_anything_starts() {
    fails "$python" "$root/tests/deployments/compose-environment.py" "$deploy/docker-compose.mongodb.yml" beacon
    contains "$output" "MONGODB_PASSWORD is not set"
}

run_tests "${BASH_SOURCE[0]}"
