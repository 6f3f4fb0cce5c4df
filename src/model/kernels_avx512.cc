// Kernels for processors with AVX-512 VNNI: one instruction multiplies 64 pairs of bytes and adds them
// four by four. A block of 6 rows by 4 panels (64 outputs) keeps its 24 sums in registers. That takes care:
// g++ 12 stores the elements of an array of sums to memory in every step, and copies each sum before and after
// the intrinsic function, which has another vector type; both together halve the speed. Hence named fields and
// the instruction itself.
#include "model/kernels.h"

#if defined(__AVX512VNNI__)
#include <immintrin.h>

namespace readout::model {
namespace {

#include "model/kernels_body.inc"

// sum += four products of unsigned times signed bytes, in every lane.
[[gnu::always_inline]] inline void dot(__m512i& sum, __m512i a, __m512i b) {
  asm("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
}

// Sums of R rows and four panels of 16 outputs.
template <int R>
struct Sums {
  __m512i s0, s1, s2, s3;
  Sums<R - 1> rest;

  [[gnu::always_inline]] void clear() {
    s0 = s1 = s2 = s3 = _mm512_setzero_si512();
    rest.clear();
  }
  template <int P>
  [[gnu::always_inline]] void add(const uint8_t* a, size_t lda, __m512i b0, __m512i b1, __m512i b2, __m512i b3) {
    int32_t four;
    __builtin_memcpy(&four, a, 4);
    const __m512i v = _mm512_set1_epi32(four);
    dot(s0, v, b0);
    if constexpr (P > 1) dot(s1, v, b1);
    if constexpr (P > 2) dot(s2, v, b2);
    if constexpr (P > 3) dot(s3, v, b3);
    rest.template add<P>(a + lda, lda, b0, b1, b2, b3);
  }
  [[gnu::always_inline]] static void finish(__m512i sum, float row_scale, const Matrix& m, size_t j, float* out) {
    const __m512 s = _mm512_mul_ps(_mm512_loadu_ps(m.scale + j), _mm512_set1_ps(row_scale));
    const __m512 v = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(sum, _mm512_loadu_si512(m.offset + j))), s);
    _mm512_storeu_ps(out + j, _mm512_add_ps(v, _mm512_loadu_ps(m.bias + j)));
  }
  template <int P>
  [[gnu::always_inline]] void store(const float* row_scale, const Matrix& m, size_t j, float* out, size_t ldo) const {
    const float scale = row_scale != nullptr ? *row_scale : 1.0F;
    finish(s0, scale, m, j, out);
    if constexpr (P > 1) finish(s1, scale, m, j + 16, out);
    if constexpr (P > 2) finish(s2, scale, m, j + 32, out);
    if constexpr (P > 3) finish(s3, scale, m, j + 48, out);
    rest.template store<P>(row_scale != nullptr ? row_scale + 1 : nullptr, m, j, out + ldo, ldo);
  }
};
template <>
struct Sums<0> {
  void clear() {}
  template <int P>
  void add(const uint8_t*, size_t, __m512i, __m512i, __m512i, __m512i) {}
  template <int P>
  void store(const float*, const Matrix&, size_t, float*, size_t) const {}
};

// R rows times P panels.
template <int R, int P>
void micro(const uint8_t* a, size_t lda, const float* row_scale, const Matrix& m, size_t first, float* out, size_t ldo) {
  const size_t stride = 16 * m.k;
  const int8_t* w = m.packed + first * m.k;
  const __m512i zero = _mm512_setzero_si512();
  Sums<R> sums;
  sums.clear();
  for (size_t i = 0; i < m.k; i += 4, w += 64) {
    sums.template add<P>(a + i, lda, _mm512_loadu_si512(w), P > 1 ? _mm512_loadu_si512(w + stride) : zero,
                         P > 2 ? _mm512_loadu_si512(w + 2 * stride) : zero, P > 3 ? _mm512_loadu_si512(w + 3 * stride) : zero);
  }
  sums.template store<P>(row_scale, m, first, out, ldo);
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
