#include <stdlib.h>

#include <vector>

#include "beacon_core.h"
#include "check.h"

namespace {

const char Id[] = "6f9f1c0e-3b1a-4f0e-9a43-5d7c3a1b2c3d";
const std::string Registered = std::string("{\"service_id\":\"") + Id + "\",\"name\":\"x\"}";

beacon_service plain() {
  beacon_service service = {};
  service.name = "lamp";
  service.host = "192.0.2.7";
  service.port = 80;
  return service;
}

std::string text(const std::string &json, const char *member, size_t size = 64) {
  std::vector<char> out(size);
  return beacon_read_text(json.data(), json.size(), member, out.data(), size) ? out.data() : "(none)";
}

std::string detail(const std::string &json, size_t size = 128) {
  std::vector<char> out(size);
  return beacon_read_detail(json.data(), json.size(), out.data(), size) ? out.data() : "(none)";
}

void a_registration_has_what_is_given_and_nothing_else() {
  char body[BEACON_BODY_SIZE];
  beacon_service service = plain();
  int length = beacon_write_registration(body, sizeof body, &service);
  CHECK_TEXT("{\"name\":\"lamp\",\"host\":\"192.0.2.7\",\"port\":80}", body);
  CHECK(length == (int)strlen(body));
  const char *tags[] = {"a", "b"};
  beacon_entry metadata[] = {{"room", "kitchen"}, {"floor", "2"}};
  service.type = "http";
  service.ttl_s = 86400;
  service.protocol = "";
  service.tags = tags;
  service.tag_count = 2;
  service.metadata = metadata;
  service.metadata_count = 2;
  service.health_check_url = "http://192.0.2.7/";
  beacon_write_registration(body, sizeof body, &service);
  CHECK_TEXT(
      "{\"name\":\"lamp\",\"host\":\"192.0.2.7\",\"port\":80,\"type\":\"http\",\"health_check_url\":\"http://192.0.2.7/\",\"ttl\":86400,"
      "\"tags\":[\"a\",\"b\"],\"metadata\":{\"room\":\"kitchen\",\"floor\":\"2\"}}",
      body);
}

void quotes_backslashes_and_control_characters_are_escaped_and_UTF8_is_not() {
  char body[BEACON_BODY_SIZE];
  beacon_service service = plain();
  service.name = "K\xC3\xBC" "che \"1\" \\ \n\x1f";
  beacon_write_registration(body, sizeof body, &service);
  CHECK_TEXT("{\"name\":\"K\xC3\xBC" "che \\\"1\\\" \\\\ \\u000a\\u001f\",\"host\":\"192.0.2.7\",\"port\":80}", body);
}

void a_registration_that_does_not_fit_is_none_and_nothing_is_written_beyond_the_buffer() {
  beacon_service service = plain();
  char whole[128];
  int length = beacon_write_registration(whole, sizeof whole, &service);
  for (int size = 0; size <= length; size++) {
    std::vector<char> body((size_t)size);
    CHECK(beacon_write_registration(body.data(), body.size(), &service) == -1);
  }
  std::vector<char> body((size_t)length + 1);
  CHECK(beacon_write_registration(body.data(), body.size(), &service) == length);
}

void the_id_is_found_wherever_it_is() {
  CHECK_TEXT(Id, text(Registered, "service_id"));
  CHECK_TEXT(Id, text(std::string(" { \"tags\" : [\"service_id\", {\"service_id\":\"no\"}], \"s\":\"\\\"service_id\\\":1\", \"n\" : -1.5e3 ,\n\"service_id\" :\"") + Id + "\"}",
                      "service_id"));
}

void an_answer_that_is_cut_off_after_the_id_has_it() {
  std::string cut = Registered.substr(0, Registered.find(",\"name\""));
  CHECK_TEXT(Id, text(cut, "service_id"));
  for (size_t length = 0; length < cut.size(); length++) CHECK_TEXT("(none)", text(cut.substr(0, length), "service_id"));
}

void an_id_that_is_too_long_or_no_text_is_none() {
  char id[BEACON_ID_SIZE];
  std::string longer = std::string("{\"service_id\":\"") + Id + "0\"}";
  CHECK(!beacon_read_text(longer.data(), longer.size(), "service_id", id, sizeof id));
  CHECK_TEXT("", id);
  for (const char *json : {"", "[]", "null", "{", "{\"service_id\":7}", "{\"service_id\":null}", "{\"service_id\"}", "<html>"}) CHECK_TEXT("(none)", text(json, "service_id"));
}

void texts_are_decoded() {
  CHECK_TEXT("a\"\\/\n\t", text("{\"x\":\"a\\\"\\\\\\/\\n\\t\"}", "x"));
  CHECK_TEXT("K\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80", text("{\"x\":\"K\\u00fc\\u20AC\\ud83d\\ude00\"}", "x"));
  /* Halves of a pair, zeros and letters that mean nothing are shown as what they are: unreadable. */
  for (const char *broken : {"{\"x\":\"\\ud83d\"}", "{\"x\":\"\\u0000\"}", "{\"x\":\"\\q\"}"}) CHECK_TEXT("\xEF\xBF\xBD", text(broken, "x"));
}

void a_refusal_is_told_in_Beacons_words() {
  CHECK_TEXT("Service not found", detail("{\"detail\":\"Service not found\"}"));
  CHECK_TEXT("port: Input should be greater than or equal to 1",
             detail("{\"detail\":[{\"type\":\"greater_than_equal\",\"loc\":[\"body\",\"port\"],\"msg\":\"Input should be greater than or equal to 1\",\"input\":0,"
                    "\"ctx\":{\"ge\":1}},{\"msg\":\"second\"}]}"));
  CHECK_TEXT("JSON decode error", detail("{\"detail\":[{\"type\":\"json_invalid\",\"loc\":[\"body\",3],\"msg\":\"JSON decode error\"}]}"));
  CHECK_TEXT("(none)", detail("<html>502 Bad Gateway"));
}

void a_refusal_too_long_is_cut_between_characters() {
  std::string json = "{\"detail\":\"K\xC3\xBC" "che\"}";
  CHECK_TEXT("K", detail(json, 3));
  CHECK_TEXT("K\xC3\xBC", detail(json, 4));
  CHECK_TEXT("K", detail("{\"detail\":\"K\\u20ac\"}", 4));
}

void the_first_place_of_a_list_is_read() {
  char host[16];
  uint16_t port = 0;
  std::string list = "{\"services\":[{\"service_id\":\"1\",\"host\":\"192.0.2.9\",\"port\":1883,\"tags\":[]},{\"host\":\"no\",\"port\":1}],\"total\":2}";
  CHECK(beacon_read_first_place(list.data(), list.size(), host, sizeof host, &port));
  CHECK_TEXT("192.0.2.9", host);
  CHECK(port == 1883);
  for (const char *none : {"{\"services\":[],\"total\":0}", "{\"services\":[{\"host\":\"a\",\"port\":18", "{\"services\":[{\"host\":\"a\",\"port\":99999}]}",
                           "{\"services\":[{\"host\":\"12345678901234567\",\"port\":1}]}", "{}"}) {
    CHECK(!beacon_read_first_place(none, strlen(none), host, sizeof host, &port));
  }
}

void no_rubbish_is_read_beyond_its_end() {
  srand(7);
  const char letters[] = "{}[]\",:\\u0d8service_idetalmsgo \xC3\xF0";
  for (int run = 0; run < 200000; run++) {
    /* On the heap and exactly as long, so that the sanitizer sees a byte too far. */
    std::vector<char> json((size_t)(rand() % 40));
    for (char &one : json) one = letters[(size_t)rand() % (sizeof letters - 1)];
    char out[8];
    uint16_t port;
    beacon_read_text(json.data(), json.size(), "s", out, sizeof out);
    CHECK(strlen(out) < sizeof out);
    std::string wrapped = "{\"detail\":" + std::string(json.begin(), json.end());
    std::vector<char> exact(wrapped.begin(), wrapped.end());
    beacon_read_detail(exact.data(), exact.size(), out, sizeof out);
    CHECK(strlen(out) < sizeof out);
    beacon_read_first_place(json.data(), json.size(), out, sizeof out, &port);
  }
}

void answer(beacon_lease *lease, beacon_step step, int status, uint32_t now, uint32_t random = 0, uint32_t retry_after = 0) {
  const std::string body = status == 201 ? Registered : "{}";
  beacon_lease_answered(lease, step, status, body.data(), body.size(), retry_after, now, random);
}

void a_lease_begins_with_a_registration_and_is_renewed_three_times_in_its_length() {
  for (uint32_t random : {0u, UINT32_MAX}) {
    beacon_lease lease;
    beacon_lease_begin(&lease, 30, 1000);
    CHECK(beacon_lease_due(&lease, 1000) == BEACON_REGISTER);
    answer(&lease, BEACON_REGISTER, 201, 1000, random);
    CHECK_TEXT(Id, lease.id);
    uint32_t wait = beacon_lease_wait(&lease, 1000);
    CHECK(random ? wait > 11900 && wait <= 12000 : wait == 8000);
    CHECK(beacon_lease_due(&lease, 1000 + wait - 1) == BEACON_WAIT);
    CHECK(beacon_lease_due(&lease, 1000 + wait) == BEACON_RENEW);
    answer(&lease, BEACON_RENEW, 200, 1000 + wait, random);
    CHECK(beacon_lease_wait(&lease, 1000 + wait) == wait);
  }
}

void a_clock_that_wraps_around_changes_nothing() {
  beacon_lease lease;
  uint32_t now = UINT32_MAX - 1000;
  beacon_lease_begin(&lease, 30, now);
  answer(&lease, BEACON_REGISTER, 201, now);
  CHECK(beacon_lease_due(&lease, now + 7999) == BEACON_WAIT);
  CHECK(beacon_lease_due(&lease, now + 8000) == BEACON_RENEW);
}

void a_loop_that_comes_late_by_weeks_finds_it_due() {
  beacon_lease lease;
  beacon_lease_begin(&lease, 30, 0);
  answer(&lease, BEACON_REGISTER, 201, 0);
  CHECK(beacon_lease_due(&lease, 20u * 24 * 3600 * 1000) == BEACON_RENEW);
}

void what_Beacon_has_forgotten_is_registered_at_once() {
  beacon_lease lease;
  beacon_lease_begin(&lease, 30, 0);
  answer(&lease, BEACON_REGISTER, 201, 0);
  answer(&lease, BEACON_RENEW, 404, 8000);
  CHECK_TEXT("", lease.id);
  CHECK(beacon_lease_due(&lease, 8000) == BEACON_REGISTER);
}

void waits_double_up_to_a_minute_whatever_the_trouble_is() {
  for (int status : {0, -1, -11, 301, 408, 429, 500, 503}) {
    beacon_lease lease;
    beacon_lease_begin(&lease, 30, 0);
    for (uint32_t longest : {1000u, 2000u, 4000u, 8000u, 16000u, 32000u, 60000u, 60000u}) {
      answer(&lease, BEACON_REGISTER, status, 0, 0);
      CHECK(beacon_lease_wait(&lease, 0) == longest / 2);
      CHECK(!lease.is_refused);
    }
    for (int i = 0; i < 1000; i++) answer(&lease, BEACON_REGISTER, status, 0, UINT32_MAX);
    CHECK(beacon_lease_wait(&lease, 0) <= 60000);
    answer(&lease, BEACON_REGISTER, 201, 0);
    CHECK(lease.failures == 0);
  }
}

void trouble_does_not_make_it_forget_its_id() {
  beacon_lease lease;
  beacon_lease_begin(&lease, 30, 0);
  answer(&lease, BEACON_REGISTER, 201, 0);
  answer(&lease, BEACON_RENEW, -1, 8000);
  CHECK_TEXT(Id, lease.id);
  CHECK(beacon_lease_due(&lease, 8500) == BEACON_RENEW);
}

void it_never_asks_sooner_than_Beacon_said_and_not_later_than_five_minutes() {
  beacon_lease lease;
  beacon_lease_begin(&lease, 30, 0);
  answer(&lease, BEACON_REGISTER, 503, 0, 0, 20);
  CHECK(beacon_lease_wait(&lease, 0) == 20000);
  answer(&lease, BEACON_REGISTER, 429, 0, 0, UINT32_MAX);
  CHECK(beacon_lease_wait(&lease, 0) == 300000);
}

void what_is_refused_is_asked_again_once_a_minute() {
  for (int status : {400, 403, 404, 413, 422}) {
    beacon_lease lease;
    beacon_lease_begin(&lease, 30, 0);
    answer(&lease, BEACON_REGISTER, status, 0);
    CHECK(lease.is_refused);
    CHECK(beacon_lease_wait(&lease, 0) == 60000);
  }
}

void a_201_that_is_not_Beacons_counts_for_nothing() {
  beacon_lease lease;
  beacon_lease_begin(&lease, 30, 0);
  beacon_lease_answered(&lease, BEACON_REGISTER, 201, "<html>", 6, 0, 0, 0);
  CHECK_TEXT("", lease.id);
  CHECK(lease.failures == 1);
}

const Test Tests[] = {
#define TEST(name) {#name, name}
    TEST(a_registration_has_what_is_given_and_nothing_else),
    TEST(quotes_backslashes_and_control_characters_are_escaped_and_UTF8_is_not),
    TEST(a_registration_that_does_not_fit_is_none_and_nothing_is_written_beyond_the_buffer),
    TEST(the_id_is_found_wherever_it_is),
    TEST(an_answer_that_is_cut_off_after_the_id_has_it),
    TEST(an_id_that_is_too_long_or_no_text_is_none),
    TEST(texts_are_decoded),
    TEST(a_refusal_is_told_in_Beacons_words),
    TEST(a_refusal_too_long_is_cut_between_characters),
    TEST(the_first_place_of_a_list_is_read),
    TEST(no_rubbish_is_read_beyond_its_end),
    TEST(a_lease_begins_with_a_registration_and_is_renewed_three_times_in_its_length),
    TEST(a_clock_that_wraps_around_changes_nothing),
    TEST(a_loop_that_comes_late_by_weeks_finds_it_due),
    TEST(what_Beacon_has_forgotten_is_registered_at_once),
    TEST(waits_double_up_to_a_minute_whatever_the_trouble_is),
    TEST(trouble_does_not_make_it_forget_its_id),
    TEST(it_never_asks_sooner_than_Beacon_said_and_not_later_than_five_minutes),
    TEST(what_is_refused_is_asked_again_once_a_minute),
    TEST(a_201_that_is_not_Beacons_counts_for_nothing),
};

}  // namespace

int main() { return run_tests(Tests, sizeof Tests / sizeof *Tests); }
