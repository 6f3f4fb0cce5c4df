// Kernels for any processor.
#include "model/kernels.h"

namespace readout::model {
namespace {

#include "model/kernels_body.inc"

void multiply(const uint8_t* a, size_t lda, const float* row_scale, size_t rows, const Matrix& m, float* out, size_t ldo) {
  const size_t groups = m.k / 4;
  for (size_t r = 0; r < rows; ++r) {
    const uint8_t* row = a + r * lda;
    const float s = row_scale != nullptr ? row_scale[r] : 1.0F;
    for (size_t p = 0; p < m.n; p += 16) {
      const int8_t* w = m.packed + p * m.k;
      int32_t sum[16] = {};
      for (size_t g = 0; g < groups; ++g, w += 64) {
        for (size_t j = 0; j < 16; ++j) {
          for (size_t i = 0; i < 4; ++i) sum[j] += int32_t{row[4 * g + i]} * int32_t{w[4 * j + i]};
        }
      }
      for (size_t j = 0; j < 16; ++j) {
        const float v = static_cast<float>(sum[j] - m.offset[p + j]) * (m.scale[p + j] * s);
        out[r * ldo + p + j] = v + m.bias[p + j];
      }
    }
  }
}

}  // namespace

extern const Kernels kPlainKernels;
const Kernels kPlainKernels = {"plain", multiply, lstm, leaky, quantise, dots, add_row, share, argmax};

}  // namespace readout::model
