// The arithmetic of the network, in several versions chosen at run time.
//
// Weights are 8-bit with one scale an output; activations are 8-bit with one scale a row, stored
// with an offset of 128. Products are summed in 32-bit integers, so their order does not matter, and
// everything in floating point is done element by element without fused multiply-adds. A row's
// result therefore has the same bits on every processor, in every batch and on every thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace readout::model {

/// A weight matrix W [outputs][inputs] as the file holds it. The arrays belong to the model file.
///
///   packed  [n / 16][k / 4][16][4]  n = outputs rounded up to 16, k = inputs rounded up to 4; padding 0
///   scale   [n]  what one unit of the integer sum is worth, times the activations' scale
///   offset  [n]  128 times the sum of the output's weights: undoes the activations' offset
///   bias    [n]
struct Matrix {
  const int8_t* packed = nullptr;
  const float* scale = nullptr;
  const int32_t* offset = nullptr;
  const float* bias = nullptr;
  size_t n = 0, k = 0;
};

/// A step of an LSTM over `rows` sentences; gates come in the order input, forget, cell, output.
///   pre   [rows][4 h]  recurrent part of the gates
///   x     [rows] pointers to [4 h]: input part
///   cell  [rows][h]    in and out
///   out   [rows] pointers to h bytes: the new hidden state, round(127 h) + 128
struct LstmStep {
  size_t rows = 0, h = 0;
  const float* pre = nullptr;
  const float* const* x = nullptr;
  float* cell = nullptr;
  uint8_t* const* out = nullptr;
};

struct Kernels {
  std::string_view name;
  /// out[r][j] = (sum_i (a[r][i] - 128) W[j][i]) * (scale[j] * row_scale[r]) + bias[j], j < m.n.
  /// `a` has m.k bytes a row at a distance of `lda`; `out` rows lie `ldo` floats apart.
  /// row_scale null: 1.
  void (*multiply)(const uint8_t* a, size_t lda, const float* row_scale, size_t rows, const Matrix& m, float* out,
                   size_t ldo);
  void (*lstm)(const LstmStep& step);
  /// Leaky rectifier (0.1), in place.
  void (*leaky)(float* x, size_t n);
  /// One row to 8 bits: scale = max|x| / 127; out = round(x / scale) + 128. Bytes n .. padded are 128.
  float (*quantise)(const float* x, size_t n, size_t padded, uint8_t* out);
  /// out[i][j] = sum_k a[i][k] b[j][k] for i < na, j < nb; d a multiple of 16. The sum runs in 16
  /// lanes that are added as a balanced tree.
  void (*dots)(const float* a, size_t na, const float* b, size_t nb, size_t d, float* out, size_t ldo);
  /// sum += scale * (int8 row); sums of embeddings.
  void (*add_row)(float* sum, const int8_t* row, float scale, size_t n);
  /// Probability of x[at] under softmax(x): 1 / sum_i exp(x[i] - x[at]).
  float (*share)(const float* x, size_t n, size_t at);
  /// Index of the first largest of n values.
  size_t (*argmax)(const float* x, size_t n);
};

enum class KernelChoice { Best, Plain, Avx2, Avx512, Neon, NeonDot };

/// Null if this processor or build lacks the wanted version.
const Kernels* find_kernels(KernelChoice choice);
/// The best that this processor has; decided once.
const Kernels& best_kernels();

}  // namespace readout::model
