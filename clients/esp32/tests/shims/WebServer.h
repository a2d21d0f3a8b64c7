#pragma once
#include "Arduino.h"

struct WebServer {
  explicit WebServer(int) {}
  void on(const char *, void (*)()) {}
  void begin() {}
  void handleClient() {}
  void send(int, const char *, const char *) {}
};
