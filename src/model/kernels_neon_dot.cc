// Kernels for 64-bit ARM processors with the dot-product extension (ARMv8.2 and most since): one instruction adds four
// products of bytes into each of four outputs.
#include "model/kernels.h"

#if defined(__ARM_FEATURE_DOTPROD)
#include <arm_neon.h>

namespace readout::model {
namespace {

#include "model/kernels_body.inc"

struct Sum {
  int32x4_t lanes = vdupq_n_s32(0);
};
constexpr int kRows = 6;  // 24 of the 32 registers hold sums

[[gnu::always_inline]] inline void dot(Sum& sum, int8x16_t x, int8x16_t w) { sum.lanes = vdotq_s32(sum.lanes, w, x); }
[[gnu::always_inline]] inline int32x4_t total(const Sum& sum) { return sum.lanes; }

#include "model/kernels_neon_body.inc"

}  // namespace

extern const Kernels kNeonDotKernels;
const Kernels kNeonDotKernels = {"neon-dot", multiply, lstm, leaky, quantise, dots, add_row, share, argmax};

}  // namespace readout::model
#endif
