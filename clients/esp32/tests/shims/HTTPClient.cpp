#include "HTTPClient.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

std::atomic<int> shim_requests{0};

namespace {
const int ConnectionRefused = -1;
const int ReadTimeout = -11;

std::string valueOf(const std::string &headers, const char *name) {
  for (size_t at = headers.find("\r\n"); at != std::string::npos; at = headers.find("\r\n", at + 2)) {
    const char *line = headers.c_str() + at + 2;
    size_t length = strlen(name);
    if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
      const char *value = line + length + 1 + strspn(line + length + 1, " ");
      return std::string(value, strcspn(value, "\r\n"));
    }
  }
  return "";
}
}  // namespace

bool HTTPClient::begin(String url) {
  std::string text = url.c_str();
  if (text.compare(0, 7, "http://") != 0) return false;
  size_t slash = text.find('/', 7);
  std::string place = text.substr(7, slash - 7);
  size_t colon = place.rfind(':');
  host_ = place.substr(0, colon);
  port_ = colon == std::string::npos ? "80" : place.substr(colon + 1);
  path_ = slash == std::string::npos ? "/" : text.substr(slash);
  return true;
}

void HTTPClient::collectHeaders(const char **, size_t) {}

void HTTPClient::addHeader(const String &name, const String &value) { sent_ += std::string(name.c_str()) + ": " + value.c_str() + "\r\n"; }

int HTTPClient::sendRequest(const char *method, uint8_t *payload, size_t size) {
  shim_requests++;
  addrinfo hints = {}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(host_.c_str(), port_.c_str(), &hints, &found) != 0) return ConnectionRefused;
  client_.socket = socket(found->ai_family, found->ai_socktype, 0);
  bool isOpen = connect(client_.socket, found->ai_addr, found->ai_addrlen) == 0;
  freeaddrinfo(found);
  if (!isOpen) return ConnectionRefused;
  timeval limit = {timeoutMs_ / 1000, (timeoutMs_ % 1000) * 1000};
  setsockopt(client_.socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  std::string request = std::string(method) + " " + path_ + " HTTP/1.0\r\nHost: " + host_ + "\r\n" + sent_;
  if (size > 0) request += "Content-Length: " + std::to_string(size) + "\r\n";
  request += "\r\n";
  if (size > 0) request.append((const char *)payload, size);
  if (::send(client_.socket, request.data(), request.size(), MSG_NOSIGNAL) != (ssize_t)request.size()) return ReadTimeout;
  for (char piece[512]; received_.find("\r\n\r\n") == std::string::npos;) {
    ssize_t count = recv(client_.socket, piece, sizeof piece, 0);
    if (count <= 0) return ReadTimeout;
    received_.append(piece, (size_t)count);
  }
  size_t end = received_.find("\r\n\r\n");
  client_.read = received_.substr(end + 4);
  received_.resize(end);
  std::string length = valueOf(received_, "Content-Length");
  size_ = length.empty() ? -1 : atoi(length.c_str());
  return atoi(received_.c_str() + strlen("HTTP/1.1 "));
}

String HTTPClient::header(const char *name) { return String(valueOf(received_, name).c_str()); }

void HTTPClient::end() {
  if (client_.socket >= 0) close(client_.socket);
  client_.socket = -1;
  sent_.clear();
  received_.clear();
}

size_t NetworkClient::readBytes(char *to, size_t size) {
  while (read.size() < size) {
    char piece[512];
    ssize_t count = recv(socket, piece, sizeof piece, 0);
    if (count <= 0) break;
    read.append(piece, (size_t)count);
  }
  size_t count = read.size() < size ? read.size() : size;
  memcpy(to, read.data(), count);
  read.erase(0, count);
  return count;
}
