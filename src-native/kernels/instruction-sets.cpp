#include "instruction-sets.h"

namespace gfl {

#if defined(__x86_64__)
namespace avx512 {
const Kernels& table();
}
namespace avx2 {
const Kernels& table();
}
#endif
namespace portable {
const Kernels& table();
}

std::vector<const Kernels*> availableKernels() {
  std::vector<const Kernels*> available;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    available.push_back(&avx512::table());
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) available.push_back(&avx2::table());
#endif
  available.push_back(&portable::table());
  return available;
}

}  // namespace gfl
