#pragma once
/* The smallest runner that names what failed. */
#include <stdio.h>
#include <string.h>

#include <string>

struct Test {
  const char *name;
  void (*run)();
};

extern const char *test_now;
extern int test_failed;

#define CHECK(condition)                                                                   \
  do {                                                                                     \
    if (!(condition)) {                                                                    \
      printf("FAILED %s: %s:%d: %s\n", test_now, __FILE__, __LINE__, #condition);          \
      test_failed = 1;                                                                     \
      return;                                                                              \
    }                                                                                      \
  } while (0)

#define CHECK_TEXT(expected, actual)                                                                                               \
  do {                                                                                                                             \
    const std::string wanted_(expected), got_(actual);                                                                             \
    if (wanted_ != got_) {                                                                                                         \
      printf("FAILED %s: %s:%d: expected <%s>, got <%s>\n", test_now, __FILE__, __LINE__, wanted_.c_str(), got_.c_str());           \
      test_failed = 1;                                                                                                             \
      return;                                                                                                                      \
    }                                                                                                                              \
  } while (0)

/* Runs them all and says how it went in the last line. */
int run_tests(const Test *tests, size_t count);
