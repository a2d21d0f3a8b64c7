#!/usr/bin/env bash
# What docs/troubleshooting.md says one sees, made to happen; and that the command beside it shows it.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
page=$(cat "$root/docs/troubleshooting.md")

# the_page_says TEXT: what is tested is what is written.
the_page_says() { contains "$page" "$1"; }

# ends_with CODE COMMAND…: within some seconds.
ends_with() {
    local wanted=$1 code=0
    shift
    output=$(timeout 15 "$@" 2>&1) || code=$?
    same "$wanted" "$code"
}

test_a_port_that_is_taken_ends_it_with_69_and_ss_names_who_has_it() {
    the_page_says "sudo ss -ltnp 'sport = :8080'"
    port=$(port_number 40)
    "$python" -m http.server --bind 127.0.0.1 "$port" >/dev/null 2>&1 &
    until_true 10 curl -s "http://127.0.0.1:$port/"
    ends_with 69 "$beacon" serve --host 127.0.0.1 --mdns off --data-dir "$work/data" --port "$port"
    the_page_says '"is taken by another program"'
    contains "$output" "port $port is taken by another program"
    contains "$(ss -ltnp "sport = :$port")" '"python3"'
}

test_an_address_of_another_machine_ends_it_with_69() {
    ends_with 69 "$beacon" serve --host 192.0.2.77 --mdns off --data-dir "$work/data" --port "$(port_number 41)"
    the_page_says '"Cannot assign requested address"'
    contains "$output" "Cannot assign requested address"
}

test_an_interface_that_is_not_there_ends_it_with_71_and_the_names_of_those_that_are() {
    ends_with 71 "$beacon" serve --mdns-interface eth77 --data-dir "$work/data" --port "$(port_number 42)"
    the_page_says '"this machine has only"'
    contains "$output" "eth77, but this machine has only"
}

test_a_folder_of_somebody_else_ends_it_with_73() {
    [ "$(id -u)" -eq 0 ] || skip "needs root to become somebody else"
    mkdir "$work/data"
    chmod 711 "$work"
    cp "$beacon" "$work/beacon"
    ends_with 73 setpriv --reuid 1000 --regid 1000 --clear-groups "$work/beacon" serve --host 127.0.0.1 --mdns off --data-dir "$work/data" --port "$(port_number 43)"
    contains "$output" "$work/data"
}

test_two_on_one_folder_end_the_second_with_75() {
    port=$(port_number 44)
    "$beacon" serve --host 127.0.0.1 --mdns off --data-dir "$work/data" --port "$port" >/dev/null 2>&1 &
    until_true 15 curl -s --fail "http://127.0.0.1:$port/api/v1/ready"
    ends_with 75 "$beacon" serve --host 127.0.0.1 --mdns off --data-dir "$work/data" --port "$(port_number 45)"
}

test_every_wrong_setting_is_named_with_78() {
    BEACON_PORT=tcp://10.0.0.1:8080 BEACON_MDNS=perhaps ends_with 78 "$beacon" config check
    contains "$output" BEACON_PORT
    contains "$output" BEACON_MDNS
}

test_the_addresses_the_page_asks_answer_with_the_members_it_names() {
    own_network
    ip netns exec "$net" "$beacon" serve --data-dir "$work/data" >"$work/log" 2>&1 &
    until_true 15 ask --fail http://127.0.0.1:8080/api/v1/ready
    mdns=$(ask http://127.0.0.1:8080/api/v1/mdns)
    for member in interfaces addresses packets received sent port_shared last_conflict ipv4; do
        the_page_says "$member"
        contains "$mdns" "\"$member\""
    done
    the_page_says "/api/v1/incidents"
    ask --fail http://127.0.0.1:8080/api/v1/incidents
    the_page_says "/api/v1/events?limit=20"
    ask --fail 'http://127.0.0.1:8080/api/v1/events?limit=20'
    contains "$(ask http://127.0.0.1:8080/api/v1/health)" '"database"'
}

test_a_program_that_keeps_port_5353_to_itself_shows_in_the_log_and_in_the_interfaces() {
    own_network
    ip netns exec "$net" "$python" -c 'import socket, time; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("", 5353)); time.sleep(60)' &
    until_true 10 holds_5353
    ip netns exec "$net" "$beacon" serve --data-dir "$work/data" >"$work/log" 2>&1 &
    until_true 15 ask --fail http://127.0.0.1:8080/api/v1/ready
    until_true 10 grep -q '"event_id":2101' "$work/log"
    the_page_says '"No socket" (2101)'
    contains "$(cat "$work/log")" "No socket"
    until_true 10 without_ipv4
}

holds_5353() { ip netns exec "$net" ss -Hulpn 'sport = :5353' | grep -q python3; }
without_ipv4() { ask http://127.0.0.1:8080/api/v1/mdns | grep -q '"ipv4":false'; }

test_every_log_id_and_setting_on_the_page_is_one_of_Beacons() {
    readarray -t ids < <(grep -oE '(\(|log |has )[26][0-9]{3}\b' <<<"$page" | grep -oE '[0-9]{4}')
    test "${#ids[@]}" -ge 4
    for id in "${ids[@]}"; do
        grep -rqF "[LoggerMessage($id," src
    done
    readarray -t settings < <(grep -oE '\b(BEACON|MDNS|CORS)_[A-Z_]+\b' <<<"$page" | sort -u)
    test "${#settings[@]}" -ge 4
    for setting in "${settings[@]}"; do
        contains "$(cat docs/configuration.md)" "$setting"
    done
}

run_tests "${BASH_SOURCE[0]}"
