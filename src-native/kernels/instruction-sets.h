#pragma once

#include <vector>

#include "kernels.h"

namespace gfl {

/** The kernels of every instruction set that this machine has, the fastest first; the portable ones are always there.
 */
std::vector<const Kernels*> availableKernels();

}  // namespace gfl
