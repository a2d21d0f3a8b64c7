#include "beacon_core.h"

#include <string.h>

/* -- writing: a cursor that remembers that something did not fit -- */

typedef struct {
  char *at;
  char *end; /* One byte is kept back for the zero. */
  bool is_full;
} writer;

static void put(writer *to, char one) {
  if (to->at == to->end) {
    to->is_full = true;
  } else {
    *to->at++ = one;
  }
}

static void put_plain(writer *to, const char *text) {
  while (*text) put(to, *text++);
}

static void put_text(writer *to, const char *text) {
  static const char digits[] = "0123456789abcdef";
  put(to, '"');
  for (; *text; text++) {
    unsigned char one = (unsigned char)*text;
    if (one == '"' || one == '\\') {
      put(to, '\\');
      put(to, (char)one);
    } else if (one < 0x20) {
      put_plain(to, "\\u00");
      put(to, digits[one >> 4]);
      put(to, digits[one & 15]);
    } else {
      put(to, (char)one);
    }
  }
  put(to, '"');
}

static void put_number(writer *to, uint32_t value) {
  char digits[10];
  size_t count = 0;
  do {
    digits[count++] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  while (count) put(to, digits[--count]);
}

static void put_member(writer *to, const char *name) {
  put(to, ',');
  put_text(to, name);
  put(to, ':');
}

static void put_optional(writer *to, const char *name, const char *value) {
  if (value && *value) {
    put_member(to, name);
    put_text(to, value);
  }
}

int beacon_write_registration(char *out, size_t size, const beacon_service *service) {
  if (size == 0) return -1;
  writer to = {out, out + size - 1, false};
  put_plain(&to, "{\"name\":");
  put_text(&to, service->name ? service->name : "");
  put_member(&to, "host");
  put_text(&to, service->host ? service->host : "");
  put_member(&to, "port");
  put_number(&to, service->port);
  put_optional(&to, "type", service->type);
  put_optional(&to, "protocol", service->protocol);
  put_optional(&to, "health_check_url", service->health_check_url);
  if (service->ttl_s) {
    put_member(&to, "ttl");
    put_number(&to, service->ttl_s);
  }
  if (service->tag_count) {
    put_member(&to, "tags");
    for (size_t i = 0; i < service->tag_count; i++) {
      put(&to, i ? ',' : '[');
      put_text(&to, service->tags[i]);
    }
    put(&to, ']');
  }
  if (service->metadata_count) {
    put_member(&to, "metadata");
    for (size_t i = 0; i < service->metadata_count; i++) {
      put(&to, i ? ',' : '{');
      put_text(&to, service->metadata[i].key);
      put(&to, ':');
      put_text(&to, service->metadata[i].value);
    }
    put(&to, '}');
  }
  put(&to, '}');
  *to.at = 0;
  return to.is_full ? -1 : (int)(to.at - out);
}

/* -- reading: pointers into the text; NULL is "not there", and every function takes it and gives it back -- */

typedef struct {
  const char *at;
  const char *end;
} reader;

static void skip_blanks(reader *from) {
  while (from->at < from->end && (*from->at == ' ' || *from->at == '\t' || *from->at == '\n' || *from->at == '\r')) from->at++;
}

static bool take(reader *from, char wanted) {
  skip_blanks(from);
  if (from->at == from->end || *from->at != wanted) return false;
  from->at++;
  return true;
}

/* After the opening quote; leaves the cursor behind the closing one. */
static bool skip_text(reader *from) {
  while (from->at < from->end) {
    char one = *from->at++;
    if (one == '"') return true;
    if (one == '\\') {
      if (from->at == from->end) return false;
      from->at++;
    }
  }
  return false;
}

/* Any value, however deep: brackets are counted, not followed. */
static bool skip_value(reader *from) {
  size_t depth = 0;
  skip_blanks(from);
  const char *start = from->at;
  while (from->at < from->end) {
    char one = *from->at;
    if (one == '"') {
      from->at++;
      if (!skip_text(from)) return false;
      if (depth == 0) return true;
    } else if (one == '{' || one == '[') {
      depth++;
      from->at++;
    } else if (one == '}' || one == ']') {
      if (depth == 0) return from->at > start;
      from->at++;
      if (--depth == 0) return true;
    } else if (one == ',' && depth == 0) {
      return from->at > start;
    } else {
      from->at++;
    }
  }
  return false;
}

/* Moves to the value of a member of the object that begins here. */
static bool find_member(reader *from, const char *name) {
  size_t length = strlen(name);
  if (!take(from, '{')) return false;
  do {
    if (!take(from, '"')) return false;
    const char *key = from->at;
    if (!skip_text(from)) return false;
    bool is_it = (size_t)(from->at - 1 - key) == length && memcmp(key, name, length) == 0;
    if (!take(from, ':')) return false;
    if (is_it) return true;
    if (!skip_value(from)) return false;
  } while (take(from, ','));
  return false;
}

static int hex(char one) {
  if (one >= '0' && one <= '9') return one - '0';
  if (one >= 'a' && one <= 'f') return one - 'a' + 10;
  if (one >= 'A' && one <= 'F') return one - 'A' + 10;
  return -1;
}

static bool read_unit(reader *from, uint32_t *unit) {
  *unit = 0;
  if (from->end - from->at < 4) return false;
  for (int i = 0; i < 4; i++) {
    int digit = hex(*from->at++);
    if (digit < 0) return false;
    *unit = *unit << 4 | (uint32_t)digit;
  }
  return true;
}

/* Writes one character whole or not at all. */
static void put_character(writer *to, uint32_t code) {
  char bytes[4];
  size_t count = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = count; i-- > 1; code >>= 6) bytes[i] = (char)(0x80 | (code & 0x3F));
  bytes[0] = (char)(leads[count] | code);
  if ((size_t)(to->end - to->at) < count) {
    to->is_full = true;
    to->end = to->at;
    return;
  }
  for (size_t i = 0; i < count; i++) put(to, bytes[i]);
}

static uint32_t read_escape(reader *from) {
  static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  if (from->at == from->end) return 0xFFFD;
  char one = *from->at++;
  if (one != 'u') {
    const char *found = one ? strchr(escapes, one) : NULL;
    return found ? (uint32_t)(unsigned char)meant[found - escapes] : 0xFFFD;
  }
  uint32_t high, low;
  if (!read_unit(from, &high) || high == 0) return 0xFFFD;
  if (high < 0xD800 || high > 0xDFFF) return high;
  if (high > 0xDBFF || from->end - from->at < 6 || from->at[0] != '\\' || from->at[1] != 'u') return 0xFFFD;
  from->at += 2;
  if (!read_unit(from, &low) || low < 0xDC00 || low > 0xDFFF) return 0xFFFD;
  return 0x10000 + ((high - 0xD800) << 10 | (low - 0xDC00));
}

/* A text value. False when it is none or has no end; whether it fitted is in `to`. */
static bool copy_text(reader *from, writer *to) {
  if (!take(from, '"')) return false;
  while (from->at < from->end) {
    unsigned char one = (unsigned char)*from->at++;
    if (one == '"') return true;
    if (one == '\\') {
      put_character(to, read_escape(from));
    } else if (one < 0xC0) {
      put(to, (char)one);
    } else {
      /* The bytes of a character stay together, so that a text that is cut is still UTF-8. */
      size_t more = one >= 0xF0 ? 3 : one >= 0xE0 ? 2 : 1;
      if ((size_t)(from->end - from->at) < more) return false;
      if ((size_t)(to->end - to->at) <= more) {
        to->is_full = true;
        to->end = to->at;
      }
      put(to, (char)one);
      while (more--) put(to, *from->at++);
    }
  }
  return false;
}

bool beacon_read_text(const char *json, size_t length, const char *member, char *out, size_t size) {
  if (size == 0) return false;
  reader from = {json, json + length};
  writer to = {out, out + size - 1, false};
  bool is_read = find_member(&from, member) && copy_text(&from, &to) && !to.is_full;
  *to.at = 0;
  if (!is_read) *out = 0;
  return is_read;
}

bool beacon_read_detail(const char *json, size_t length, char *out, size_t size) {
  if (size == 0) return false;
  reader from = {json, json + length};
  writer to = {out, out + size - 1, false};
  bool is_read = false;
  if (find_member(&from, "detail")) {
    reader list = from;
    if (take(&list, '[')) {
      reader place = list, message = list;
      /* ["body", "port"]: where, then which. */
      if (find_member(&place, "loc") && take(&place, '[') && skip_value(&place) && take(&place, ',') && copy_text(&place, &to)) put_plain(&to, ": ");
      is_read = find_member(&message, "msg") && copy_text(&message, &to);
    } else {
      is_read = copy_text(&from, &to);
    }
  }
  *to.at = 0;
  if (!is_read) *out = 0;
  return is_read;
}

bool beacon_read_first_place(const char *json, size_t length, char *host, size_t size, uint16_t *port) {
  reader from = {json, json + length};
  if (!find_member(&from, "services") || !take(&from, '[')) return false;
  reader number = from;
  if (!beacon_read_text(from.at, (size_t)(from.end - from.at), "host", host, size) || !find_member(&number, "port")) return false;
  uint32_t value = 0;
  skip_blanks(&number);
  while (number.at < number.end && *number.at >= '0' && *number.at <= '9' && value <= UINT16_MAX) value = value * 10 + (uint32_t)(*number.at++ - '0');
  *port = (uint16_t)value;
  /* Digits at the very end may be cut off. */
  return value > 0 && value <= UINT16_MAX && number.at < number.end;
}

/* -- when -- */

/* Somewhere from `least` to `least` + `range`. */
static uint32_t spread(uint32_t least, uint32_t range, uint32_t random) { return least + (uint32_t)((uint64_t)range * random >> 32); }

static uint32_t retry_delay(uint8_t failures, uint32_t retry_after_s, uint32_t random) {
  uint32_t longest = failures > 6 ? BEACON_LAST_RETRY_MS : BEACON_FIRST_RETRY_MS << (failures - 1);
  if (longest > BEACON_LAST_RETRY_MS) longest = BEACON_LAST_RETRY_MS;
  if (retry_after_s > BEACON_LONGEST_RETRY_AFTER_S) retry_after_s = BEACON_LONGEST_RETRY_AFTER_S;
  uint32_t delay = spread(longest / 2, longest / 2, random);
  return delay > retry_after_s * 1000 ? delay : retry_after_s * 1000;
}

void beacon_lease_begin(beacon_lease *lease, uint32_t ttl_s, uint32_t now_ms) {
  memset(lease, 0, sizeof *lease);
  lease->ttl_s = ttl_s ? ttl_s : BEACON_DEFAULT_TTL_S;
  lease->due_ms = now_ms;
}

beacon_step beacon_lease_due(const beacon_lease *lease, uint32_t now_ms) {
  if (beacon_lease_wait(lease, now_ms) > 0) return BEACON_WAIT;
  return lease->id[0] ? BEACON_RENEW : BEACON_REGISTER;
}

uint32_t beacon_lease_wait(const beacon_lease *lease, uint32_t now_ms) {
  /* The difference is right across the counter's wrap; what looks like the far future is the past. */
  uint32_t left = lease->due_ms - now_ms;
  return left > UINT32_MAX / 2 ? 0 : left;
}

void beacon_lease_answered(beacon_lease *lease, beacon_step step, int status, const char *body, size_t length, uint32_t retry_after_s, uint32_t now_ms,
                           uint32_t random) {
  bool is_good = status >= 200 && status < 300;
  if (is_good && step == BEACON_REGISTER) {
    is_good = beacon_read_text(body, length, "service_id", lease->id, sizeof lease->id) && lease->id[0];
  }
  if (is_good) {
    uint32_t third = lease->ttl_s * 1000 / 3;
    lease->failures = 0;
    lease->is_refused = false;
    lease->due_ms = now_ms + spread(third / 5 * 4, third / 5 * 2, random);
    return;
  }
  if (status == 404 && step == BEACON_RENEW) {
    /* Beacon has forgotten it: at once, with what it has to know. */
    lease->id[0] = 0;
    lease->due_ms = now_ms;
    return;
  }
  bool passes = status < 400 || status == 408 || status == 429 || status >= 500;
  if (lease->failures < UINT8_MAX) lease->failures++;
  lease->is_refused = !passes;
  lease->due_ms = now_ms + (passes ? retry_delay(lease->failures, retry_after_s, random) : BEACON_LAST_RETRY_MS);
}
