#pragma once
/* What a test sets of the world that ESP-IDF shows. */
#include <stdint.h>

#include <atomic>

/* Time passes that many times faster for the client. */
const int ShimSpeed = 10;

struct ShimWorld {
  std::atomic<uint32_t> address{0}; /* Of this device, in network order; 0: none. */
  std::atomic<uint16_t> beaconPort{0}; /* At 127.0.0.1, told by mDNS; 0: nobody answers. */
  std::atomic<int> questions{0};
};
extern ShimWorld shim_world;
