#include "check.h"

const char *test_now = "";
int test_failed = 0;

int run_tests(const Test *tests, size_t count) {
  size_t bad = 0;
  setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // A test may fork; what is waiting to be written would be written twice.
  for (size_t i = 0; i < count; i++) {
    test_now = tests[i].name;
    test_failed = 0;
    tests[i].run();
    if (!test_failed) printf("ok %s\n", test_now);
    bad += (size_t)test_failed;
  }
  printf("%zu passed, %zu failed\n", count - bad, bad);
  return bad ? 1 : 0;
}
