#pragma once
#include <atomic>
#include <string>

#include "Arduino.h"

/* What comes after the headers. */
class NetworkClient {
 public:
  size_t readBytes(char *to, size_t size);
  int socket = -1;
  std::string read;
};

/* HTTP/1.0 over POSIX sockets, one request a connection. */
class HTTPClient {
 public:
  ~HTTPClient() { end(); }
  void setConnectTimeout(int32_t) {}
  void setTimeout(uint16_t ms) { timeoutMs_ = ms; }
  void useHTTP10(bool = true) {}
  bool begin(String url);
  void collectHeaders(const char *keys[], size_t count);
  void addHeader(const String &name, const String &value);
  int sendRequest(const char *method, uint8_t *payload = nullptr, size_t size = 0);
  int getSize() { return size_; }
  NetworkClient &getStream() { return client_; }
  String header(const char *name);
  void end();

 private:
  NetworkClient client_;
  std::string host_, port_, path_, sent_, received_;
  uint16_t timeoutMs_ = 5000;
  int size_ = -1;
};

extern std::atomic<int> shim_requests;
