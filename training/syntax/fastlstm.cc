// Training-only kernel: a bidirectional LSTM layer over packed (unpadded) sentences on a CPU with
// AVX512_BF16. Never linked into the engine.
//
// Method: the input projections of all words are one large matrix product done by PyTorch. What is
// left, the recurrent product of each step, runs here over all sentences of the batch that are
// still alive (they come sorted by length, longest first), with weights packed once a call so that
// one vdpbf16ps takes two products of 16 columns. Gates and cell states are kept for the backward
// pass, which returns the gradient of the gate pre-activations; PyTorch turns them into weight
// gradients with two more large products.
//
// Layout: words of all sentences one after another; sentence b owns rows off[b] .. off[b]+len[b]-1.
#include <immintrin.h>

#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

namespace {

using u16 = uint16_t;

inline u16 to_bf16(float x) {
  uint32_t u;
  std::memcpy(&u, &x, 4);
  u += 0x7fff + ((u >> 16) & 1);
  return static_cast<u16>(u >> 16);
}

// B[k][n] for k < K, n < N (N a multiple of 64), packed as [N/64][K/2][64][2].
template <class Get>
void pack(int K, int N, Get get, std::vector<u16>& out) {
  out.resize(static_cast<size_t>(K) * N);
  u16* o = out.data();
  for (int p = 0; p < N; p += 64)
    for (int k = 0; k < K; k += 2)
      for (int n = p; n < p + 64; n++) {
        *o++ = to_bf16(get(k, n));
        *o++ = to_bf16(get(k + 1, n));
      }
}

template <int R>
void micro(const u16* a, int lda, const u16* b, float* c, int ldc, int K) {
  __m512 acc[R][4];
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 4; j++) acc[r][j] = _mm512_setzero_ps();
  for (int k = 0; k < K; k += 2, b += 128) {
    const __m512i b0 = _mm512_loadu_si512(b), b1 = _mm512_loadu_si512(b + 32),
                  b2 = _mm512_loadu_si512(b + 64), b3 = _mm512_loadu_si512(b + 96);
    for (int r = 0; r < R; r++) {
      int pair;
      std::memcpy(&pair, a + r * lda + k, 4);
      const __m512bh v = (__m512bh)_mm512_set1_epi32(pair);
      acc[r][0] = _mm512_dpbf16_ps(acc[r][0], v, (__m512bh)b0);
      acc[r][1] = _mm512_dpbf16_ps(acc[r][1], v, (__m512bh)b1);
      acc[r][2] = _mm512_dpbf16_ps(acc[r][2], v, (__m512bh)b2);
      acc[r][3] = _mm512_dpbf16_ps(acc[r][3], v, (__m512bh)b3);
    }
  }
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 4; j++) _mm512_storeu_ps(c + r * ldc + 16 * j, acc[r][j]);
}

void gemm(const u16* a, int lda, const u16* bp, float* c, int ldc, int M, int N, int K) {
  for (int p = 0; p < N; p += 64) {
    const u16* b = bp + static_cast<size_t>(p) * K;
    int m = 0;
    for (; m + 6 <= M; m += 6) micro<6>(a + m * lda, lda, b, c + m * ldc + p, ldc, K);
    const u16* ar = a + m * lda;
    float* cr = c + m * ldc + p;
    switch (M - m) {
      case 1: micro<1>(ar, lda, b, cr, ldc, K); break;
      case 2: micro<2>(ar, lda, b, cr, ldc, K); break;
      case 3: micro<3>(ar, lda, b, cr, ldc, K); break;
      case 4: micro<4>(ar, lda, b, cr, ldc, K); break;
      case 5: micro<5>(ar, lda, b, cr, ldc, K); break;
      default: break;
    }
  }
}

inline __m512 exp_ps(__m512 x) {
  x = _mm512_min_ps(_mm512_max_ps(x, _mm512_set1_ps(-80.f)), _mm512_set1_ps(80.f));
  const __m512 y = _mm512_mul_ps(x, _mm512_set1_ps(1.44269504f));
  const __m512 n = _mm512_roundscale_ps(y, 0);
  const __m512 f = _mm512_sub_ps(y, n);
  __m512 p = _mm512_set1_ps(0.0013333558f);
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0.0096181291f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0.0555041087f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0.2402265070f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0.6931471806f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(1.f));
  return _mm512_scalef_ps(p, n);
}
inline __m512 sigmoid_ps(__m512 x) {
  const __m512 one = _mm512_set1_ps(1.f);
  return _mm512_div_ps(one, _mm512_add_ps(one, exp_ps(_mm512_sub_ps(_mm512_setzero_ps(), x))));
}
inline __m512 tanh_ps(__m512 x) {
  const __m512 two = _mm512_set1_ps(2.f);
  return _mm512_fmsub_ps(two, sigmoid_ps(_mm512_mul_ps(two, x)), _mm512_set1_ps(1.f));
}
inline void store_bf16(u16* p, __m512 x) {
  const __m256bh v = _mm512_cvtneps_pbh(x);
  std::memcpy(p, &v, 32);
}

struct Job {
  int H, batch;
  const int *off, *len;
  const float *xproj, *whh;  // [n][8H] (this direction's half already chosen), [4H][H]
  float *gates, *cell, *hid, *hprev;
  const float* dhid;
  float* dgates;
  int reverse;
};

inline size_t row(const Job& j, int b, int t) {
  return static_cast<size_t>(j.off[b]) + (j.reverse ? j.len[b] - 1 - t : t);
}

void forward(const Job& j) {
  const int H = j.H, G = 4 * H;
  std::vector<u16> w;
  pack(H, G, [&](int k, int n) { return j.whh[static_cast<size_t>(n) * H + k]; }, w);
  std::vector<u16> h(static_cast<size_t>(j.batch) * H, 0);
  std::vector<float> pre(static_cast<size_t>(j.batch) * G, 0.f);
  int m = j.batch;
  for (int t = 0; t < j.len[0]; t++) {
    while (m > 0 && j.len[m - 1] <= t) m--;
    if (t > 0) gemm(h.data(), H, w.data(), pre.data(), G, m, G, H);
    for (int b = 0; b < m; b++) {
      const size_t r = row(j, b, t), rp = t > 0 ? row(j, b, t - 1) : 0;
      const float *x = j.xproj + r * 2 * G, *p = pre.data() + static_cast<size_t>(b) * G;
      float* g = j.gates + r * G;
      for (int k = 0; k < H; k += 16) {
        const __m512 gi = sigmoid_ps(_mm512_add_ps(_mm512_loadu_ps(x + k), _mm512_loadu_ps(p + k)));
        const __m512 gf = sigmoid_ps(_mm512_add_ps(_mm512_loadu_ps(x + H + k), _mm512_loadu_ps(p + H + k)));
        const __m512 gg = tanh_ps(_mm512_add_ps(_mm512_loadu_ps(x + 2 * H + k), _mm512_loadu_ps(p + 2 * H + k)));
        const __m512 go = sigmoid_ps(_mm512_add_ps(_mm512_loadu_ps(x + 3 * H + k), _mm512_loadu_ps(p + 3 * H + k)));
        const __m512 cp = t > 0 ? _mm512_loadu_ps(j.cell + rp * H + k) : _mm512_setzero_ps();
        const __m512 c = _mm512_fmadd_ps(gf, cp, _mm512_mul_ps(gi, gg));
        const __m512 hh = _mm512_mul_ps(go, tanh_ps(c));
        _mm512_storeu_ps(g + k, gi);
        _mm512_storeu_ps(g + H + k, gf);
        _mm512_storeu_ps(g + 2 * H + k, gg);
        _mm512_storeu_ps(g + 3 * H + k, go);
        _mm512_storeu_ps(j.cell + r * H + k, c);
        _mm512_storeu_ps(j.hid + r * 2 * H + k, hh);
        _mm512_storeu_ps(j.hprev + r * H + k, t > 0 ? _mm512_loadu_ps(j.hid + rp * 2 * H + k) : _mm512_setzero_ps());
        store_bf16(h.data() + static_cast<size_t>(b) * H + k, hh);
      }
    }
  }
}

void backward(const Job& j) {
  const int H = j.H, G = 4 * H;
  std::vector<u16> w;
  pack(G, H, [&](int k, int n) { return j.whh[static_cast<size_t>(k) * H + n]; }, w);
  std::vector<u16> d(static_cast<size_t>(j.batch) * G, 0);
  std::vector<float> dh(static_cast<size_t>(j.batch) * H, 0.f), dc(static_cast<size_t>(j.batch) * H, 0.f);
  const __m512 one = _mm512_set1_ps(1.f);
  int m = 0;
  for (int t = j.len[0] - 1; t >= 0; t--) {
    while (m < j.batch && j.len[m] > t) m++;
    for (int b = 0; b < m; b++) {
      const size_t r = row(j, b, t), rp = t > 0 ? row(j, b, t - 1) : 0;
      const float* g = j.gates + r * G;
      float* o = j.dgates + r * 2 * G;
      u16* db = d.data() + static_cast<size_t>(b) * G;
      for (int k = 0; k < H; k += 16) {
        const size_t bk = static_cast<size_t>(b) * H + k;
        const __m512 gi = _mm512_loadu_ps(g + k), gf = _mm512_loadu_ps(g + H + k),
                     gg = _mm512_loadu_ps(g + 2 * H + k), go = _mm512_loadu_ps(g + 3 * H + k);
        const __m512 c = _mm512_loadu_ps(j.cell + r * H + k), tc = tanh_ps(c);
        const __m512 cp = t > 0 ? _mm512_loadu_ps(j.cell + rp * H + k) : _mm512_setzero_ps();
        const __m512 hh = _mm512_add_ps(_mm512_loadu_ps(j.dhid + r * 2 * H + k), _mm512_loadu_ps(&dh[bk]));
        const __m512 dgo = _mm512_mul_ps(_mm512_mul_ps(hh, tc), _mm512_mul_ps(go, _mm512_sub_ps(one, go)));
        const __m512 dcc = _mm512_fmadd_ps(_mm512_mul_ps(hh, go), _mm512_fnmadd_ps(tc, tc, one), _mm512_loadu_ps(&dc[bk]));
        const __m512 dgi = _mm512_mul_ps(_mm512_mul_ps(dcc, gg), _mm512_mul_ps(gi, _mm512_sub_ps(one, gi)));
        const __m512 dgf = _mm512_mul_ps(_mm512_mul_ps(dcc, cp), _mm512_mul_ps(gf, _mm512_sub_ps(one, gf)));
        const __m512 dgg = _mm512_mul_ps(_mm512_mul_ps(dcc, gi), _mm512_fnmadd_ps(gg, gg, one));
        _mm512_storeu_ps(&dc[bk], _mm512_mul_ps(dcc, gf));
        _mm512_storeu_ps(o + k, dgi);
        _mm512_storeu_ps(o + H + k, dgf);
        _mm512_storeu_ps(o + 2 * H + k, dgg);
        _mm512_storeu_ps(o + 3 * H + k, dgo);
        store_bf16(db + k, dgi);
        store_bf16(db + H + k, dgf);
        store_bf16(db + 2 * H + k, dgg);
        store_bf16(db + 3 * H + k, dgo);
      }
    }
    if (t > 0) gemm(d.data(), G, w.data(), dh.data(), H, m, H, G);
  }
}

template <class F>
void both(int threads, F f) {
  if (threads < 2) {
    f(0);
    f(1);
    return;
  }
  std::thread other([&] { f(1); });
  f(0);
  other.join();
}

}  // namespace

extern "C" {

void bilstm_forward(int H, int batch, const int* off, const int* len, const float* xproj,
                    const float* whh, float* gates, float* cell, float* hid, float* hprev, int n, int threads) {
  both(threads, [&](int d) {
    const size_t D = static_cast<size_t>(d);
    forward({H, batch, off, len, xproj + D * 4 * H, whh + D * 4 * H * H, gates + D * n * 4 * H,
             cell + D * n * H, hid + D * H, hprev + D * n * H, nullptr, nullptr, d});
  });
}

void bilstm_backward(int H, int batch, const int* off, const int* len, const float* whh, float* gates,
                     float* cell, const float* dhid, float* dgates, int n, int threads) {
  both(threads, [&](int d) {
    const size_t D = static_cast<size_t>(d);
    backward({H, batch, off, len, nullptr, whh + D * 4 * H * H, gates + D * n * 4 * H,
              cell + D * n * H, nullptr, nullptr, dhid + D * H, dgates + D * 4 * H, d});
  });
}

}  // extern "C"
