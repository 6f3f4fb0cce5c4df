// Kernels for processors with AVX2. Bytes are widened to 16 bits before they are multiplied, because
// the byte product of AVX2 saturates.
#include "model/kernels.h"

#if defined(__AVX2__)
#include <immintrin.h>

namespace readout::model {
namespace {

#include "model/kernels_body.inc"

// R rows times one panel of 16 outputs. The sums of two neighbouring pairs are kept apart until the
// end: lanes (2 j, 2 j + 1) of a quarter belong to output j of that quarter.
template <int R>
void micro(const uint8_t* a, size_t lda, const int8_t* w, size_t groups, int32_t* sums) {
  __m256i acc[R][4];
  for (int r = 0; r < R; ++r) {
    for (auto& x : acc[r]) x = _mm256_setzero_si256();
  }
  for (size_t g = 0; g < groups; ++g, w += 64) {
    __m256i b[4];
    for (int q = 0; q < 4; ++q) {
      b[q] = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(w + 16 * q)));
    }
    for (int r = 0; r < R; ++r) {
      int32_t four;
      __builtin_memcpy(&four, a + static_cast<size_t>(r) * lda + 4 * g, 4);
      const __m256i v = _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(four)));
      for (int q = 0; q < 4; ++q) acc[r][q] = _mm256_add_epi32(acc[r][q], _mm256_madd_epi16(v, b[q]));
    }
  }
  for (int r = 0; r < R; ++r) {
    for (int q = 0; q < 4; ++q) {
      int32_t pair[8];
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(pair), acc[r][q]);
      for (int j = 0; j < 4; ++j) sums[r * 16 + q * 4 + j] = pair[2 * j] + pair[2 * j + 1];
    }
  }
}

void multiply(const uint8_t* a, size_t lda, const float* row_scale, size_t rows, const Matrix& m, float* out, size_t ldo) {
  const size_t groups = m.k / 4;
  int32_t sums[2 * 16];
  for (size_t p = 0; p < m.n; p += 16) {
    const int8_t* w = m.packed + p * m.k;
    for (size_t r = 0; r < rows; r += 2) {
      const size_t here = rows - r < 2 ? 1 : 2;
      if (here == 2) {
        micro<2>(a + r * lda, lda, w, groups, sums);
      } else {
        micro<1>(a + r * lda, lda, w, groups, sums);
      }
      for (size_t i = 0; i < here; ++i) {
        const float s = row_scale != nullptr ? row_scale[r + i] : 1.0F;
        for (size_t j = 0; j < 16; ++j) {
          const float v = static_cast<float>(sums[i * 16 + j] - m.offset[p + j]) * (m.scale[p + j] * s);
          out[(r + i) * ldo + p + j] = v + m.bias[p + j];
        }
      }
    }
  }
}

}  // namespace

extern const Kernels kAvx2Kernels;
const Kernels kAvx2Kernels = {"avx2", multiply, lstm, leaky, quantise, dots, add_row, share, argmax};

}  // namespace readout::model
#endif
