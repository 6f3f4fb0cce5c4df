#include <cstdio>

int main() {
  std::puts("readout " READOUT_VERSION);
  return 0;
}
