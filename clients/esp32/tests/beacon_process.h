#pragma once
/* The binary that BEACON_BINARY names, on a port of its own, with an empty data directory after each start. */
#include <HTTPClient.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "beacon_core.h"

inline const int FirstPort = getenv("BEACON_TEST_PORT") ? atoi(getenv("BEACON_TEST_PORT")) : 18500;
inline const int Ports = 10;

class Beacon {
 public:
  explicit Beacon(bool isStarted = true) : port(FirstPort + (int)((unsigned)getpid() + (unsigned)count_++ * 7) % Ports) {
    url = "http://127.0.0.1:" + std::to_string(port);
    if (isStarted) start();
  }

  ~Beacon() { kill(); }

  void start() {
    char folder[] = "/tmp/beacon-esp32-XXXXXX";
    if (!mkdtemp(folder)) abort();
    folder_ = folder;
    const std::string number = std::to_string(port);
    process_ = fork();
    if (process_ == 0) {
      if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)) _exit(1);
      unsetenv("BEACON_URL");
      const char *binary = getenv("BEACON_BINARY");
      execl(binary, binary, "serve", "--port", number.c_str(), "--data-dir", folder, "--mdns", "off", (char *)nullptr);
      _exit(127);
    }
    for (int tries = 0; tries < 1000 && ask("GET", "/ready") != 200; tries++) usleep(20000);
  }

  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = 0;
    const std::string remove = "rm -rf '" + folder_ + "'";
    if (system(remove.c_str()) != 0) abort();
  }

  int ask(const char *method, const std::string &path, std::string *answer = nullptr) {
    HTTPClient http;
    http.begin((url + "/api/v1" + path).c_str());
    int status = http.sendRequest(method);
    char text[8192];
    size_t size = status > 0 && http.getSize() > 0 ? http.getStream().readBytes(text, sizeof text) : 0;
    if (answer) *answer = std::string(text, size);
    return status;
  }

  std::string list() {
    std::string answer;
    ask("GET", "/services", &answer);
    return answer;
  }

  bool has(const std::string &part) { return list().find(part) != std::string::npos; }

  std::string endOf(const char *id) {
    std::string answer;
    char text[40] = "";
    ask("GET", std::string("/services/") + id, &answer);
    beacon_read_text(answer.data(), answer.size(), "expires_at", text, sizeof text);
    return text;
  }

  const int port;
  std::string url;

 private:
  static inline int count_ = 0;
  pid_t process_ = 0;
  std::string folder_;
};
