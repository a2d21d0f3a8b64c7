/* The Arduino half against the published binary. Time and chance are the tests', so that no lease has to be waited for. */
#include <ESPmDNS.h>
#include <HTTPClient.h>
#include <WiFi.h>

#include "BeaconClient.h"
#include "beacon_process.h"
#include "check.h"

SerialPort Serial;
WiFiClass WiFi;
MDNSResponder MDNS;
uint32_t shim_millis = 0;
uint32_t shim_random = 0;

extern "C" uint32_t esp_random() { return shim_random; }

namespace {

void it_registers_is_found_and_leaves() {
  Beacon beacon;
  BeaconClient client(beacon.url.c_str());
  CHECK(client.addTag("kitchen"));
  CHECK(client.addMetadata("floor", "2"));
  client.begin("K\xC3\xBC" "che \"1\"", 8080, "mqtt", 60);
  CHECK(!client.isRegistered());
  client.loop();
  CHECK(client.lastStatus() == 201);
  CHECK_TEXT("", client.lastError());
  CHECK(strlen(client.id()) == BEACON_ID_SIZE - 1);
  CHECK(beacon.has("\"metadata\":{\"floor\":\"2\"}") && beacon.has("\"tags\":[\"kitchen\"]") && beacon.has("\"ttl\":60"));
  CHECK(beacon.has("K\xC3\xBC" "che \\\"1\\\"") || beacon.has("K\\u00FCche \\u00221\\u0022") || beacon.has("K\\u00fcche"));
  BeaconPlace place;
  CHECK(client.find("mqtt", place));
  CHECK_TEXT("192.0.2.30", place.host);
  CHECK(place.port == 8080);
  CHECK(!client.find("no such/type & more", place));
  client.end();
  CHECK(!client.isRegistered());
  CHECK(beacon.has("\"total\":0"));
}

void it_renews_when_a_third_of_the_lease_has_passed_and_is_quiet_before() {
  Beacon beacon;
  BeaconClient client(beacon.url.c_str());
  client.begin("lamp", 80, "http", 10);
  client.loop();
  const std::string end = beacon.endOf(client.id());
  const int requests = shim_requests;
  for (int i = 0; i < 2600; i++, shim_millis++) client.loop();
  CHECK(shim_requests == requests);
  shim_millis += 1500;
  client.loop();
  CHECK(client.lastStatus() == 200);
  CHECK(beacon.endOf(client.id()) > end);
}

void an_emptied_Beacon_gets_the_device_again() {
  Beacon beacon;
  BeaconClient client(beacon.url.c_str());
  client.begin("lamp", 80, "http", 10);
  client.loop();
  const std::string first = client.id();
  beacon.kill();
  beacon.start();
  shim_millis += 4000;
  client.loop();
  CHECK(client.lastStatus() == 404);
  client.loop();
  CHECK(client.lastStatus() == 201);
  CHECK(client.isRegistered() && first != client.id());
}

void a_Beacon_that_is_away_for_an_hour_is_asked_some_sixty_times_and_then_found_again() {
  Beacon beacon(false);
  BeaconClient client(beacon.url.c_str());
  client.begin("lamp", 80, "http", 10);
  const int requests = shim_requests;
  for (int second = 0; second < 3600; second++, shim_millis += 1000) client.loop();
  CHECK(shim_requests - requests > 50 && shim_requests - requests < 130);
  CHECK_TEXT("Beacon cannot be reached", client.lastError());
  beacon.start();
  shim_millis += 60000;
  client.loop();
  CHECK(client.isRegistered());
}

void what_is_wrong_is_told_in_Beacons_words() {
  Beacon beacon;
  BeaconClient client(beacon.url.c_str());
  client.begin("lamp", 0);
  client.loop();
  CHECK(client.lastStatus() == 422);
  CHECK_TEXT("port: Input should be greater than or equal to 1", client.lastError());
}

void a_device_that_got_another_address_is_only_at_the_new_one() {
  Beacon beacon;
  BeaconClient client(beacon.url.c_str());
  client.begin("lamp", 80);
  client.loop();
  WiFi.address = "192.0.2.31";
  client.loop();
  WiFi.address = "192.0.2.30";
  CHECK(client.isRegistered());
  CHECK(beacon.has("192.0.2.31") && beacon.has("\"total\":1"));
}

void without_a_network_nothing_is_asked() {
  BeaconClient client("http://127.0.0.1:1");
  client.begin("lamp", 80);
  const int requests = shim_requests;
  WiFi.isConnected = false;
  client.loop();
  WiFi.isConnected = true;
  CHECK(shim_requests == requests);
}

void Beacon_is_found_by_mDNS_and_looked_for_again_when_it_moved() {
  Beacon beacon(false);
  BeaconClient client;
  MDNS.count = 0;
  client.begin("lamp", 80);
  client.loop();
  CHECK_TEXT("no Beacon answered on this network", client.lastError());
  beacon.start();
  MDNS.count = 1;
  MDNS.foundPort = 1;
  shim_millis += 60000;
  client.loop();
  CHECK_TEXT("Beacon cannot be reached", client.lastError());
  MDNS.foundPort = (uint16_t)beacon.port;
  MDNS.foundPath = "/api/v1";
  shim_millis += 60000;
  client.loop();
  CHECK(client.isRegistered());
  const int asked = MDNS.asked;
  shim_millis += 300000 / 2;
  client.loop();
  CHECK(client.lastStatus() == 200 && MDNS.asked == asked);
}

void a_registration_too_long_for_its_buffer_is_told_and_not_sent() {
  Beacon beacon;
  BeaconClient client(beacon.url.c_str());
  const std::string longer(2000, 'x');
  client.begin(longer.c_str(), 80);
  const int requests = shim_requests;
  client.loop();
  CHECK_TEXT("the registration is longer than 1,024 bytes", client.lastError());
  CHECK(shim_requests == requests);
}

const Test Tests[] = {
#define TEST(name) {#name, name}
    TEST(it_registers_is_found_and_leaves),
    TEST(it_renews_when_a_third_of_the_lease_has_passed_and_is_quiet_before),
    TEST(an_emptied_Beacon_gets_the_device_again),
    TEST(a_Beacon_that_is_away_for_an_hour_is_asked_some_sixty_times_and_then_found_again),
    TEST(what_is_wrong_is_told_in_Beacons_words),
    TEST(a_device_that_got_another_address_is_only_at_the_new_one),
    TEST(without_a_network_nothing_is_asked),
    TEST(Beacon_is_found_by_mDNS_and_looked_for_again_when_it_moved),
    TEST(a_registration_too_long_for_its_buffer_is_told_and_not_sent),
};

}  // namespace

int main() { return run_tests(Tests, sizeof Tests / sizeof *Tests); }
