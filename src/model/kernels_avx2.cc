// Kernels for processors with AVX2. Bytes are widened to 16 bits before they are multiplied, because
// the byte product of AVX2 saturates.
#include "model/kernels.h"

#if defined(__AVX2__)
#include <immintrin.h>

namespace readout::model {
namespace {

#include "model/kernels_body.inc"

constexpr size_t kRows = 8;        // rows widened at a time
constexpr size_t kLongest = 2048;  // longest row that has room on the stack, else one row after the other

// Two rows times one panel of 16 outputs; 8 sums in registers, by name (see kernels_avx512.cc). The sums of
// two neighbouring pairs are kept apart until the end: lanes (2 j, 2 j + 1) of a quarter belong to output j of it.
struct Sums {
  __m256i a0, a1, a2, a3, b0, b1, b2, b3;
};

[[gnu::always_inline]] inline __m256i four(const int16_t* x) {
  int64_t bits;
  __builtin_memcpy(&bits, x, 8);
  return _mm256_set1_epi64x(bits);
}
[[gnu::always_inline]] inline __m256i quarter(const int8_t* w) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(w)));
}
[[gnu::always_inline]] inline void add(__m256i& sum, __m256i x, __m256i w) { sum = _mm256_add_epi32(sum, _mm256_madd_epi16(x, w)); }

[[gnu::always_inline]] inline void finish(__m256i low, __m256i high, const Matrix& m, size_t j, float row_scale, float* out) {
  const __m256i sum = _mm256_permute4x64_epi64(_mm256_hadd_epi32(low, high), 0xD8);
  const __m256i whole = _mm256_sub_epi32(sum, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(m.offset + j)));
  const __m256 scale = _mm256_mul_ps(_mm256_loadu_ps(m.scale + j), _mm256_set1_ps(row_scale));
  _mm256_storeu_ps(out + j, _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(whole), scale), _mm256_loadu_ps(m.bias + j)));
}

template <bool Two>
void micro(const int16_t* x, size_t ldx, const int8_t* w, const Matrix& m, size_t p, const float* row_scale, float* out, size_t ldo) {
  const __m256i zero = _mm256_setzero_si256();
  Sums s{zero, zero, zero, zero, zero, zero, zero, zero};
  for (size_t i = 0; i < m.k; i += 4, w += 64) {
    const __m256i w0 = quarter(w), w1 = quarter(w + 16), w2 = quarter(w + 32), w3 = quarter(w + 48);
    const __m256i u = four(x + i);
    add(s.a0, u, w0);
    add(s.a1, u, w1);
    add(s.a2, u, w2);
    add(s.a3, u, w3);
    if constexpr (Two) {
      const __m256i v = four(x + ldx + i);
      add(s.b0, v, w0);
      add(s.b1, v, w1);
      add(s.b2, v, w2);
      add(s.b3, v, w3);
    }
  }
  const float first = row_scale != nullptr ? row_scale[0] : 1.0F;
  finish(s.a0, s.a1, m, p, first, out);
  finish(s.a2, s.a3, m, p + 8, first, out);
  if constexpr (Two) {
    const float second = row_scale != nullptr ? row_scale[1] : 1.0F;
    finish(s.b0, s.b1, m, p, second, out + ldo);
    finish(s.b2, s.b3, m, p + 8, second, out + ldo);
  }
}

void multiply(const uint8_t* a, size_t lda, const float* row_scale, size_t rows, const Matrix& m, float* out, size_t ldo) {
  alignas(32) int16_t wide[kRows * kLongest];
  const size_t at_once = m.k <= kLongest ? kRows : kRows * kLongest / m.k;
  for (size_t begin = 0; begin < rows; begin += at_once) {
    const size_t n = rows - begin < at_once ? rows - begin : at_once;
    for (size_t r = 0; r < n; ++r) {
      for (size_t i = 0; i < m.k; ++i) wide[r * m.k + i] = a[(begin + r) * lda + i];
    }
    for (size_t p = 0; p < m.n; p += 16) {
      const int8_t* w = m.packed + p * m.k;
      for (size_t r = 0; r < n; r += 2) {
        const float* scale = row_scale != nullptr ? row_scale + begin + r : nullptr;
        float* o = out + (begin + r) * ldo;
        if (r + 1 < n) {
          micro<true>(wide + r * m.k, m.k, w, m, p, scale, o, ldo);
        } else {
          micro<false>(wide + r * m.k, m.k, w, m, p, scale, o, ldo);
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
