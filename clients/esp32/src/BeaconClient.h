/*
 * Beacon for Arduino on an ESP32: call begin() once and loop() in loop().
 *
 * Nothing is allocated but what HTTPClient allocates. While something is due loop() blocks: for a request as long as Beacon takes, 3 s at most;
 * when Beacon's address is not known for the 3 s of an mDNS question, once per try. Otherwise it returns at once.
 */
#ifndef BEACON_CLIENT_H
#define BEACON_CLIENT_H

#include <stdint.h>

#include "beacon_core.h"

/* Where a service is. */
struct BeaconPlace {
  char host[64];
  uint16_t port;
};

class BeaconClient {
 public:
  static const size_t MaxTags = 8;
  static const size_t MaxMetadata = 8;

  /* Without an address ("http://192.168.1.2:8080") Beacon is looked for by mDNS, again each time that nobody answers there. MDNS.begin() has to
     have been called. */
  explicit BeaconClient(const char *url = nullptr);

  /* One more tag, one more entry of the metadata; before begin(). The texts must stay where they are. False when there is no room for it. */
  bool addTag(const char *tag);
  bool addMetadata(const char *key, const char *value);

  /* Lets Beacon check the service, too. */
  void setHealthCheck(const char *url);

  /* Says what to register; loop() does it. `name` and `type` must stay where they are. `ttl` is in seconds, 10 to 86400: how long Beacon may take
     to notice that the device is off. The host is this device's address, and follows it. */
  void begin(const char *name, uint16_t port, const char *type = "http", uint32_t ttl = BEACON_DEFAULT_TTL_S);

  /* Registers or renews when it is time to. Does nothing without a network. */
  void loop();

  /* Takes the service away, for instance before a deep sleep. begin() starts anew. */
  void end();

  bool isRegistered() const { return lease_.id[0] != 0; }

  /* Empty while Beacon does not know the device. */
  const char *id() const { return lease_.id; }

  /* Of the last request; below 0 an error of HTTPClient's. */
  int lastStatus() const { return status_; }

  /* What Beacon said when it refused: "port: Input should be …"; empty when all is well. */
  const char *lastError() const { return error_; }

  /* The first service of that type that is there. Blocks as loop() does. */
  bool find(const char *type, BeaconPlace &found);

 private:
  bool locate();
  int send(const char *method, const char *path, const char *body, size_t length);
  void registerOrRenew(beacon_step step);
  bool writeHost();

  char root_[96] = {};
  bool isGiven_ = false;
  bool isBegun_ = false;
  beacon_service service_ = {};
  beacon_lease lease_ = {};
  const char *tags_[MaxTags] = {};
  beacon_entry metadata_[MaxMetadata] = {};
  char host_[40] = {};
  char error_[128] = {};
  char answer_[BEACON_ANSWER_SIZE] = {};
  size_t answered_ = 0;
  uint32_t retryAfter_ = 0;
  int status_ = 0;
};

#endif
