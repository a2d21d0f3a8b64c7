/* The ESP-IDF half against the published binary. Its task is a thread, and time passes ten times faster for it. */
#include <arpa/inet.h>

#include <functional>

#include "beacon_process.h"
#include "check.h"
#include "idf.h"

extern "C" {
#include "beacon_client.h"
}

namespace {

bool until(const std::function<bool()> &condition) {
  for (int tries = 0; tries < 500; tries++) {
    if (condition()) return true;
    usleep(10000);
  }
  return false;
}

std::string id_of(beacon_client_handle_t client) {
  char id[BEACON_ID_SIZE];
  return beacon_client_id(client, id) ? id : "";
}

beacon_client_config_t lamp(const Beacon &beacon) {
  beacon_client_config_t config = {};
  config.url = beacon.url.c_str();
  config.service.name = "K\xC3\xBC" "chenlampe";
  config.service.port = 80;
  config.service.ttl_s = 10;
  shim_world.address = inet_addr("192.0.2.40");
  shim_world.beaconPort = 0;
  return config;
}

void it_registers_by_itself_and_leaves_when_it_is_stopped() {
  Beacon beacon;
  beacon_client_config_t config = lamp(beacon);
  beacon_client_handle_t client;
  CHECK(beacon_client_start(&config, &client) == ESP_OK);
  CHECK(until([&] { return !id_of(client).empty(); }));
  CHECK(beacon.has(id_of(client)) && beacon.has("192.0.2.40") && beacon.has("\"ttl\":10"));
  beacon_client_stop(client);
  CHECK(beacon.has("\"total\":0"));
}

void it_renews() {
  Beacon beacon;
  beacon_client_config_t config = lamp(beacon);
  beacon_client_handle_t client;
  CHECK(beacon_client_start(&config, &client) == ESP_OK);
  CHECK(until([&] { return !id_of(client).empty(); }));
  const std::string end = beacon.endOf(id_of(client).c_str());
  CHECK(until([&] { return beacon.endOf(id_of(client).c_str()) > end; }));
  beacon_client_stop(client);
}

void an_emptied_Beacon_gets_the_device_again() {
  Beacon beacon;
  beacon_client_config_t config = lamp(beacon);
  beacon_client_handle_t client;
  CHECK(beacon_client_start(&config, &client) == ESP_OK);
  CHECK(until([&] { return !id_of(client).empty(); }));
  const std::string first = id_of(client);
  beacon.kill();
  beacon.start();
  CHECK(until([&] { return beacon.has("\"total\":1"); }));
  CHECK(until([&] { return !id_of(client).empty() && id_of(client) != first; }));
  beacon_client_stop(client);
}

void a_Beacon_that_is_away_is_asked_less_and_less_often_and_found_when_it_comes() {
  Beacon beacon(false);
  beacon_client_config_t config = lamp(beacon);
  beacon_client_handle_t client;
  const int requests = shim_requests;
  CHECK(beacon_client_start(&config, &client) == ESP_OK);
  usleep(1600000); /* 16 s for the client: tries after 0, 0.5, 1.5, 3.5, 7.5 and 15.5. */
  CHECK(shim_requests - requests >= 4 && shim_requests - requests <= 6);
  beacon.start();
  CHECK(until([&] { return beacon.has("\"total\":1"); }));
  beacon_client_stop(client);
}

void a_device_that_got_another_address_is_only_at_the_new_one() {
  Beacon beacon;
  beacon_client_config_t config = lamp(beacon);
  config.service.ttl_s = 300;
  beacon_client_handle_t client;
  CHECK(beacon_client_start(&config, &client) == ESP_OK);
  CHECK(until([&] { return !id_of(client).empty(); }));
  shim_world.address = inet_addr("192.0.2.41");
  CHECK(until([&] { return beacon.has("192.0.2.41"); }));
  CHECK(beacon.has("\"total\":1"));
  beacon_client_stop(client);
}

void without_an_address_nothing_is_asked_until_there_is_one() {
  Beacon beacon;
  beacon_client_config_t config = lamp(beacon);
  shim_world.address = 0;
  const int requests = shim_requests;
  beacon_client_handle_t client;
  CHECK(beacon_client_start(&config, &client) == ESP_OK);
  usleep(300000);
  CHECK(shim_requests == requests);
  shim_world.address = inet_addr("192.0.2.40");
  CHECK(until([&] { return beacon.has("192.0.2.40"); }));
  beacon_client_stop(client);
}

void Beacon_is_found_by_mDNS() {
  Beacon beacon;
  beacon_client_config_t config = lamp(beacon);
  config.url = nullptr;
  beacon_client_handle_t client;
  CHECK(beacon_client_start(&config, &client) == ESP_OK);
  CHECK(until([&] { return shim_world.questions > 0; }));
  CHECK(id_of(client).empty());
  shim_world.beaconPort = (uint16_t)beacon.port;
  CHECK(until([&] { return beacon.has("192.0.2.40"); }));
  beacon_client_stop(client);
  CHECK(beacon.has("\"total\":0"));
}

void what_cannot_be_meant_is_refused_before_anything_is_started() {
  Beacon beacon(false);
  beacon_client_handle_t client;
  beacon_client_config_t config = lamp(beacon);
  config.service.port = 0;
  CHECK(beacon_client_start(&config, &client) == ESP_ERR_INVALID_ARG);
  config = lamp(beacon);
  const std::string longer(2000, 'x');
  config.service.name = longer.c_str();
  CHECK(beacon_client_start(&config, &client) == ESP_ERR_INVALID_ARG);
  config = lamp(beacon);
  config.url = longer.c_str();
  CHECK(beacon_client_start(&config, &client) == ESP_ERR_INVALID_ARG);
}

const Test Tests[] = {
#define TEST(name) {#name, name}
    TEST(it_registers_by_itself_and_leaves_when_it_is_stopped),
    TEST(it_renews),
    TEST(an_emptied_Beacon_gets_the_device_again),
    TEST(a_Beacon_that_is_away_is_asked_less_and_less_often_and_found_when_it_comes),
    TEST(a_device_that_got_another_address_is_only_at_the_new_one),
    TEST(without_an_address_nothing_is_asked_until_there_is_one),
    TEST(Beacon_is_found_by_mDNS),
    TEST(what_cannot_be_meant_is_refused_before_anything_is_started),
};

}  // namespace

int main() { return run_tests(Tests, sizeof Tests / sizeof *Tests); }
