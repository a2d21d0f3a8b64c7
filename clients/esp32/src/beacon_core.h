/*
 * What every client on a microcontroller does alike, in C99 without the heap, without I/O and without a clock: the body of a registration, what is
 * wanted out of an answer, and when to ask again. The layers above it (BeaconClient for Arduino, beacon_client for ESP-IDF) only carry
 * bytes. Nothing here is for more than one thread at a time.
 */
#ifndef BEACON_CORE_H
#define BEACON_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A service id and its terminating zero. */
#define BEACON_ID_SIZE 37

/* Beacon's answer to a usual registration is at most 1,024 bytes; its id comes first, so a longer one may be cut off. */
#define BEACON_ANSWER_SIZE 1537

/* Room for a usual registration. One that does not fit is refused before it is sent. */
#define BEACON_BODY_SIZE 1025

#define BEACON_API_PATH "/api/v1"
#define BEACON_DEFAULT_TTL_S 300u
#define BEACON_FIRST_RETRY_MS 1000u
#define BEACON_LAST_RETRY_MS 60000u
#define BEACON_LONGEST_RETRY_AFTER_S 300u

typedef struct {
  const char *key;
  const char *value;
} beacon_entry;

/* Texts are UTF-8. What is NULL, 0 or empty but name, host and port is left to Beacon. */
typedef struct {
  const char *name;
  const char *host;
  uint16_t port;
  const char *type;
  const char *protocol;
  const char *health_check_url;
  uint32_t ttl_s;
  const char *const *tags;
  size_t tag_count;
  const beacon_entry *metadata;
  size_t metadata_count;
} beacon_service;

/* Writes the JSON body and a zero after it. Returns its length, or -1 when it does not fit into `size` bytes. */
int beacon_write_registration(char *out, size_t size, const beacon_service *service);

/* Copies the text `member` of the object `json` to `out`. False when it is not there, is no text, or does not fit. `json` may be cut off after
   the member. */
bool beacon_read_text(const char *json, size_t length, const char *member, char *out, size_t size);

/* Beacon's own sentence out of a refusal, cut to `size`: "port: Input should be …". False when there is none. */
bool beacon_read_detail(const char *json, size_t length, char *out, size_t size);

/* Host and port of the first service of a list. False when the list is empty, cut off before them or not Beacon's. */
bool beacon_read_first_place(const char *json, size_t length, char *host, size_t size, uint16_t *port);

typedef enum { BEACON_WAIT, BEACON_REGISTER, BEACON_RENEW } beacon_step;

/* One registration over time. Times are those of a millisecond counter that may wrap around. */
typedef struct {
  char id[BEACON_ID_SIZE]; /* Empty while Beacon does not know the service. */
  uint32_t ttl_s;
  uint32_t due_ms;
  uint8_t failures; /* In a row. */
  bool is_refused;  /* Beacon will not take it as it is; asked again once a minute all the same. */
} beacon_lease;

void beacon_lease_begin(beacon_lease *lease, uint32_t ttl_s, uint32_t now_ms);

/* What to do now. */
beacon_step beacon_lease_due(const beacon_lease *lease, uint32_t now_ms);

/* Milliseconds until something is due; 0 when it is. */
uint32_t beacon_lease_wait(const beacon_lease *lease, uint32_t now_ms);

/* The answer to that. `status` is the HTTP status, 0 or less when there was none; `retry_after_s` is 0 when Beacon did not say; `random` is any
   number, it spreads renewals and retries. */
void beacon_lease_answered(beacon_lease *lease, beacon_step step, int status, const char *body, size_t length, uint32_t retry_after_s, uint32_t now_ms,
                           uint32_t random);

#ifdef __cplusplus
}
#endif

#endif
