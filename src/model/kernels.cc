// Chooses the kernels once, by what the processor says it has.
#include "model/kernels.h"

#if defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace readout::model {

extern const Kernels kPlainKernels;
#if defined(READOUT_X86_KERNELS)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif
#if defined(__aarch64__)
extern const Kernels kNeonKernels;
extern const Kernels kNeonDotKernels;
#endif

const Kernels* find_kernels(KernelChoice choice) {
#if defined(READOUT_X86_KERNELS)
  const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                      __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
                      __builtin_cpu_supports("avx512vnni") != 0;
  if (avx512 && (choice == KernelChoice::Best || choice == KernelChoice::Avx512)) return &kAvx512Kernels;
  if (avx2 && (choice == KernelChoice::Best || choice == KernelChoice::Avx2)) return &kAvx2Kernels;
#endif
#if defined(__aarch64__)
#if defined(__linux__)
  const bool dot = (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
#else
  const bool dot = false;
#endif
  if (dot && (choice == KernelChoice::Best || choice == KernelChoice::NeonDot)) return &kNeonDotKernels;
  if (choice == KernelChoice::Best || choice == KernelChoice::Neon) return &kNeonKernels;
#endif
  return choice == KernelChoice::Best || choice == KernelChoice::Plain ? &kPlainKernels : nullptr;
}

const Kernels& best_kernels() {
  static const Kernels* const best = find_kernels(KernelChoice::Best);
  return *best;
}

}  // namespace readout::model
