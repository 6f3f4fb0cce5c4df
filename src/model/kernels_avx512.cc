// Kernels for processors with AVX-512 VNNI: one instruction multiplies 64 pairs of bytes and adds them
// four by four. A block of 6 rows by 4 panels (64 outputs) keeps its 24 sums in registers.
#include "model/kernels.h"

#if defined(__AVX512VNNI__)
#include <immintrin.h>

namespace readout::model {
namespace {

#include "model/kernels_body.inc"

// R rows times P panels of 16 outputs.
template <int R, int P>
inline void micro(const uint8_t* a, size_t lda, const float* row_scale, const Matrix& m, size_t first, float* out,
                  size_t ldo) {
  const size_t stride = 16 * m.k;
  const int8_t* w = m.packed + first * m.k;
  __m512i acc[R][P];
  for (int r = 0; r < R; ++r) {
    for (int p = 0; p < P; ++p) acc[r][p] = _mm512_setzero_si512();
  }
  for (size_t i = 0; i < m.k; i += 4, w += 64) {
    __m512i b[P];
    for (int p = 0; p < P; ++p) b[p] = _mm512_loadu_si512(w + static_cast<size_t>(p) * stride);
    for (int r = 0; r < R; ++r) {
      int32_t four;
      __builtin_memcpy(&four, a + static_cast<size_t>(r) * lda + i, 4);
      const __m512i v = _mm512_set1_epi32(four);
      for (int p = 0; p < P; ++p) acc[r][p] = _mm512_dpbusd_epi32(acc[r][p], v, b[p]);
    }
  }
  for (int p = 0; p < P; ++p) {
    const size_t j = first + 16 * static_cast<size_t>(p);
    const __m512i offset = _mm512_loadu_si512(m.offset + j);
    const __m512 scale = _mm512_loadu_ps(m.scale + j), bias = _mm512_loadu_ps(m.bias + j);
    for (int r = 0; r < R; ++r) {
      const __m512 s = row_scale != nullptr ? _mm512_mul_ps(scale, _mm512_set1_ps(row_scale[r])) : scale;
      const __m512 v = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(acc[r][p], offset)), s);
      _mm512_storeu_ps(out + static_cast<size_t>(r) * ldo + j, _mm512_add_ps(v, bias));
    }
  }
}

template <int P>
void panels(const uint8_t* a, size_t lda, const float* row_scale, size_t rows, const Matrix& m, size_t first, float* out,
            size_t ldo) {
  size_t r = 0;
  for (; r + 6 <= rows; r += 6) {
    micro<6, P>(a + r * lda, lda, row_scale != nullptr ? row_scale + r : nullptr, m, first, out + r * ldo, ldo);
  }
  const uint8_t* x = a + r * lda;
  const float* s = row_scale != nullptr ? row_scale + r : nullptr;
  float* o = out + r * ldo;
  switch (rows - r) {
    case 1: micro<1, P>(x, lda, s, m, first, o, ldo); break;
    case 2: micro<2, P>(x, lda, s, m, first, o, ldo); break;
    case 3: micro<3, P>(x, lda, s, m, first, o, ldo); break;
    case 4: micro<4, P>(x, lda, s, m, first, o, ldo); break;
    case 5: micro<5, P>(x, lda, s, m, first, o, ldo); break;
    default: break;
  }
}

void multiply(const uint8_t* a, size_t lda, const float* row_scale, size_t rows, const Matrix& m, float* out, size_t ldo) {
  size_t p = 0;
  for (; p + 64 <= m.n; p += 64) panels<4>(a, lda, row_scale, rows, m, p, out, ldo);
  switch ((m.n - p) / 16) {
    case 1: panels<1>(a, lda, row_scale, rows, m, p, out, ldo); break;
    case 2: panels<2>(a, lda, row_scale, rows, m, p, out, ldo); break;
    case 3: panels<3>(a, lda, row_scale, rows, m, p, out, ldo); break;
    default: break;
  }
}

}  // namespace

extern const Kernels kAvx512Kernels;
const Kernels kAvx512Kernels = {"avx512-vnni", multiply, lstm, leaky, quantise, dots, add_row, share, argmax};

}  // namespace readout::model
#endif
