#include "families.h"
#include "simd/simd.h"

namespace gfl::GFL_SIMD {

double peak(long rounds) {
  constexpr int chains = 12;
  // Each chain has a beginning of its own, else the compiler would compute one for all.
  Vector sums[chains];
  for (int i = 0; i < chains; i++) sums[i] = broadcast(float(i));
  Vector factor = broadcast(0.999f), term = broadcast(0.001f);
  for (long round = 0; round < rounds; round++) {
    asm volatile("" : "+x"(factor), "+x"(term));
#pragma GCC unroll 16
    for (int i = 0; i < chains; i++) sums[i] = sums[i] * factor + term;
  }
  Vector total{};
  for (int i = 0; i < chains; i++) total += sums[i];
  return sum(total) >= 0 ? 2.0 * chains * width * double(rounds) : 0;
}

}  // namespace gfl::GFL_SIMD
