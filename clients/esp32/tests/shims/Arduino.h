#pragma once
#include <stdint.h>
#include <string>

#include "esp_random.h"

#define ESP_ARDUINO_VERSION_MAJOR 3

class String {
 public:
  String(const char *text = "") : text_(text) {}
  const char *c_str() const { return text_.c_str(); }
  unsigned int length() const { return (unsigned)text_.size(); }
  char operator[](unsigned int at) const { return text_[at]; }

 private:
  std::string text_;
};

class IPAddress {
 public:
  explicit IPAddress(const char *text = "0.0.0.0") : text_(text) {}
  String toString() const { return String(text_.c_str()); }

 private:
  std::string text_;
};

struct SerialPort {
  void begin(unsigned long) {}
};
extern SerialPort Serial;

/* Moved by tests. */
extern uint32_t shim_millis;
extern uint32_t shim_random;
inline uint32_t millis() { return shim_millis; }
inline void delay(uint32_t ms) { shim_millis += ms; }
