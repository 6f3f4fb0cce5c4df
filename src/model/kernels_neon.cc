// Kernels for every 64-bit ARM processor. Products of bytes are 16 bits wide; neighbours are added into 32 bits at once,
// because the sum of two would not fit.
#include "model/kernels.h"

#if defined(__aarch64__)
#include <arm_neon.h>

namespace readout::model {
namespace {

#include "model/kernels_body.inc"

// Lanes (2 j, 2 j + 1) of low and high together belong to output j of four.
struct Sum {
  int32x4_t low = vdupq_n_s32(0), high = vdupq_n_s32(0);
};
constexpr int kRows = 3;  // 24 of the 32 registers hold sums

[[gnu::always_inline]] inline void dot(Sum& sum, int8x16_t x, int8x16_t w) {
  sum.low = vpadalq_s16(sum.low, vmull_s8(vget_low_s8(x), vget_low_s8(w)));
  sum.high = vpadalq_s16(sum.high, vmull_high_s8(x, w));
}
[[gnu::always_inline]] inline int32x4_t total(const Sum& sum) { return vpaddq_s32(sum.low, sum.high); }

#include "model/kernels_neon_body.inc"

}  // namespace

extern const Kernels kNeonKernels;
const Kernels kNeonKernels = {"neon", multiply, lstm, leaky, quantise, dots, add_row, share, argmax};

}  // namespace readout::model
#endif
