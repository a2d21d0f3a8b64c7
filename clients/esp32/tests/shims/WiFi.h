#pragma once
#include "Arduino.h"

enum wl_status_t { WL_CONNECTED = 3, WL_DISCONNECTED = 6 };

struct WiFiClass {
  const char *address = "192.0.2.30";
  bool isConnected = true;
  void begin(const char *, const char *) {}
  wl_status_t status() const { return isConnected ? WL_CONNECTED : WL_DISCONNECTED; }
  IPAddress localIP() const { return IPAddress(address); }
};
extern WiFiClass WiFi;
