// A broken promise between our own functions: message and abort, in release builds too.
#pragma once

#include <cstdio>
#include <cstdlib>

#define READOUT_CHECK(cond)                                                              \
  do {                                                                                   \
    if (!(cond)) [[unlikely]] {                                                          \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #cond);      \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
