#include "BeaconClient.h"

#include <Arduino.h>
#include <ESPmDNS.h>
#include <HTTPClient.h>
#include <WiFi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

namespace {

const uint16_t RequestTimeoutMs = 3000;
const char *const HeadersWanted[] = {"Retry-After"};

/* What fits is there whole; what does not is not there. */
bool copy(char *to, size_t size, const char *text) {
  size_t length = strlen(text);
  if (length >= size) return false;
  memcpy(to, text, length + 1);
  return true;
}

bool isUnreserved(char one) { return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') || strchr("-_.~", one); }

/* Percent-encoded, so that a type of any letters fits a query. */
bool appendEncoded(char *to, size_t size, const char *text) {
  size_t at = strlen(to);
  for (; *text; text++) {
    if (at + 4 > size) return false;
    if (isUnreserved(*text)) {
      to[at++] = *text;
    } else {
      snprintf(to + at, size - at, "%%%02X", (unsigned char)*text);
      at += 3;
    }
  }
  to[at] = 0;
  return true;
}

#if !defined(ESP_ARDUINO_VERSION_MAJOR) || ESP_ARDUINO_VERSION_MAJOR < 3
IPAddress addressOf(int found) { return MDNS.IP(found); }
#else
IPAddress addressOf(int found) { return MDNS.address(found); }
#endif

}  // namespace

BeaconClient::BeaconClient(const char *url) {
  if (!url || !*url || strlen(url) + sizeof BEACON_API_PATH > sizeof root_) return;
  size_t length = strlen(url);
  while (length > 0 && url[length - 1] == '/') length--;
  memcpy(root_, url, length);
  root_[length] = 0;
  // A path is the root of an API, as behind a proxy.
  const char *host = strstr(root_, "://");
  if (!strchr(host ? host + 3 : root_, '/')) strcat(root_, BEACON_API_PATH);
  isGiven_ = true;
}

bool BeaconClient::addTag(const char *tag) {
  if (service_.tag_count == MaxTags) return false;
  tags_[service_.tag_count++] = tag;
  return true;
}

bool BeaconClient::addMetadata(const char *key, const char *value) {
  if (service_.metadata_count == MaxMetadata) return false;
  metadata_[service_.metadata_count++] = {key, value};
  return true;
}

void BeaconClient::setHealthCheck(const char *url) { service_.health_check_url = url; }

void BeaconClient::begin(const char *name, uint16_t port, const char *type, uint32_t ttl) {
  service_.name = name;
  service_.port = port;
  service_.type = type;
  service_.ttl_s = ttl;
  service_.host = host_;
  service_.tags = tags_;
  service_.metadata = metadata_;
  beacon_lease_begin(&lease_, ttl, millis());
  isBegun_ = true;
}

void BeaconClient::loop() {
  if (!isBegun_ || WiFi.status() != WL_CONNECTED) return;
  if (isRegistered() && writeHost()) {
    // Another address is another service for Beacon; the one at the old address is not there any more.
    char path[64];
    snprintf(path, sizeof path, "/services/%s", lease_.id);
    send("DELETE", path, nullptr, 0);
    beacon_lease_begin(&lease_, service_.ttl_s, millis());
  }
  beacon_step step = beacon_lease_due(&lease_, millis());
  if (step != BEACON_WAIT) registerOrRenew(step);
}

void BeaconClient::end() {
  isBegun_ = false;
  if (!isRegistered()) return;
  char path[64];
  snprintf(path, sizeof path, "/services/%s", lease_.id);
  send("DELETE", path, nullptr, 0);
  lease_.id[0] = 0;
}

bool BeaconClient::find(const char *type, BeaconPlace &found) {
  char path[192] = "/services/discover?limit=1&type=";
  if (!appendEncoded(path, sizeof path, type) || send("GET", path, nullptr, 0) != 200) return false;
  return beacon_read_first_place(answer_, answered_, found.host, sizeof found.host, &found.port);
}

void BeaconClient::registerOrRenew(beacon_step step) {
  if (step == BEACON_RENEW) {
    char path[80];
    snprintf(path, sizeof path, "/services/%s/heartbeat", lease_.id);
    // Not empty: HTTP/1.0 has no PUT without a length, and HTTPClient writes none for an empty body.
    send("PUT", path, "{}", 2);
  } else {
    char body[BEACON_BODY_SIZE];
    writeHost();
    int length = beacon_write_registration(body, sizeof body, &service_);
    if (length < 0) {
      status_ = 413;
      copy(error_, sizeof error_, "the registration is longer than 1,024 bytes");
    } else {
      send("POST", "/services/register", body, (size_t)length);
    }
  }
  beacon_lease_answered(&lease_, step, status_, answer_, answered_, retryAfter_, millis(), esp_random());
}

/* Has the address changed? */
bool BeaconClient::writeHost() {
  String now = WiFi.localIP().toString();
  if (strcmp(host_, now.c_str()) == 0) return false;
  return copy(host_, sizeof host_, now.c_str());
}

bool BeaconClient::locate() {
  if (root_[0]) return true;
  int count = MDNS.queryService("beacon", "tcp");
  for (int i = 0; i < count; i++) {
    if (MDNS.port(i) == 0) continue;
    String path = MDNS.txt(i, "api");
    int length = snprintf(root_, sizeof root_, "http://%s:%u%s", addressOf(i).toString().c_str(), (unsigned)MDNS.port(i),
                          path.length() > 0 && path[0] == '/' ? path.c_str() : BEACON_API_PATH);
    if (length > 0 && (size_t)length < sizeof root_) return true;
  }
  root_[0] = 0;
  return false;
}

int BeaconClient::send(const char *method, const char *path, const char *body, size_t length) {
  answered_ = 0;
  retryAfter_ = 0;
  if (!locate()) {
    copy(error_, sizeof error_, "no Beacon answered on this network");
    return status_ = 0;
  }
  HTTPClient http;
  char url[sizeof root_ + 192];
  snprintf(url, sizeof url, "%s%s", root_, path);
  http.setConnectTimeout(RequestTimeoutMs);
  http.setTimeout(RequestTimeoutMs);
  http.useHTTP10(true);  // No chunks: the body is what comes after the headers.
  if (http.begin(url)) {
    http.collectHeaders(const_cast<const char **>(HeadersWanted), 1);
    if (length > 0) http.addHeader("Content-Type", "application/json");
    status_ = http.sendRequest(method, (uint8_t *)const_cast<char *>(body), length);
  } else {
    status_ = -1;
  }
  if (status_ > 0) {
    size_t wanted = sizeof answer_ - 1;
    if (http.getSize() >= 0 && (size_t)http.getSize() < wanted) wanted = (size_t)http.getSize();
    if (wanted > 0) answered_ = http.getStream().readBytes(answer_, wanted);
    retryAfter_ = (uint32_t)strtoul(http.header("Retry-After").c_str(), nullptr, 10);
  } else if (!isGiven_) {
    root_[0] = 0;
  }
  http.end();
  answer_[answered_] = 0;
  error_[0] = 0;
  if (status_ <= 0) {
    copy(error_, sizeof error_, "Beacon cannot be reached");
  } else if (status_ >= 300 && !beacon_read_detail(answer_, answered_, error_, sizeof error_)) {
    snprintf(error_, sizeof error_, "HTTP status %d", status_);
  }
  return status_;
}
