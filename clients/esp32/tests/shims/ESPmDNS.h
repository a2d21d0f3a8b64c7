#pragma once
#include "Arduino.h"

/* Answers with what the test says is there. */
struct MDNSResponder {
  int count = 0;
  int asked = 0;
  const char *foundAddress = "127.0.0.1";
  uint16_t foundPort = 0;
  const char *foundPath = "";
  bool begin(const char *) { return true; }
  int queryService(const char *, const char *) {
    asked++;
    return count;
  }
  IPAddress address(int) { return IPAddress(foundAddress); }
  uint16_t port(int) { return foundPort; }
  String txt(int, const char *) { return String(foundPath); }
};
extern MDNSResponder MDNS;
