// Chooses the kernels once, by what the processor says it has. On processors other than x86-64 the
// plain version is what the compiler makes of it for that processor (NEON on 64-bit ARM).
#include "model/kernels.h"

namespace readout::model {

extern const Kernels kPlainKernels;
#if defined(READOUT_X86_KERNELS)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
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
  return choice == KernelChoice::Best || choice == KernelChoice::Plain ? &kPlainKernels : nullptr;
}

const Kernels& best_kernels() {
  static const Kernels* const best = find_kernels(KernelChoice::Best);
  return *best;
}

}  // namespace readout::model
