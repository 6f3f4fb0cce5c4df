// Kernels for any processor.
#include "model/kernels.h"

namespace readout::model {
namespace {

#include "model/kernels_body.inc"

constexpr size_t kHalf = 32;       // 8 outputs times 4 inputs: half of a panel's group
constexpr size_t kLongest = 2048;  // inputs that are laid out at a time

// sums[4 j + i] += x[4 j + i] w[4 j + i] over groups of 32 in every second place of `w`. Written so that compilers
// turn it into widening products (SMLAL on ARM).
void add_products(const int16_t* __restrict x, const int8_t* __restrict w, size_t groups, int32_t* __restrict sums) {
  int32_t acc[kHalf];
  for (size_t i = 0; i < kHalf; ++i) acc[i] = sums[i];
  for (size_t g = 0; g < groups; ++g, x += kHalf, w += 2 * kHalf) {
    for (size_t i = 0; i < kHalf; ++i) acc[i] += int32_t{x[i]} * int32_t{static_cast<int16_t>(w[i])};
  }
  for (size_t i = 0; i < kHalf; ++i) sums[i] = acc[i];
}

// Each group of four inputs eight times over.
void spread_out(const uint8_t* row, size_t n, int16_t* __restrict spread) {
  for (size_t g = 0; g < n / 4; ++g) {
    for (size_t i = 0; i < kHalf; ++i) spread[g * kHalf + i] = row[4 * g + i % 4];
  }
}

void multiply(const uint8_t* a, size_t lda, const float* row_scale, size_t rows, const Matrix& m, float* out, size_t ldo) {
  int16_t spread[kLongest * 8];
  const bool whole = m.k <= kLongest;
  for (size_t r = 0; r < rows; ++r) {
    const uint8_t* row = a + r * lda;
    const float s = row_scale != nullptr ? row_scale[r] : 1.0F;
    if (whole) spread_out(row, m.k, spread);
    for (size_t p = 0; p < m.n; p += 8) {
      int32_t sums[kHalf] = {};
      for (size_t from = 0; from < m.k; from += kLongest) {
        const size_t n = m.k - from < kLongest ? m.k - from : kLongest;
        if (!whole) spread_out(row + from, n, spread);
        add_products(spread, m.packed + p / 16 * 16 * m.k + 16 * from + p % 16 * 4, n / 4, sums);
      }
      float* o = out + r * ldo + p;
      for (size_t j = 0; j < 8; ++j) {
        const int32_t sum = sums[4 * j] + sums[4 * j + 1] + sums[4 * j + 2] + sums[4 * j + 3];
        o[j] = static_cast<float>(sum - m.offset[p + j]) * (m.scale[p + j] * s) + m.bias[p + j];
      }
    }
  }
}

}  // namespace

extern const Kernels kPlainKernels;
const Kernels kPlainKernels = {"plain", multiply, lstm, leaky, quantise, dots, add_row, share, argmax};

}  // namespace readout::model
