#pragma once

#include "kernels.h"
#include "simd/simd.h"

/** What each kernel file contributes to the table of its instruction set. */
namespace gfl::GFL_SIMD {

ProductKernels product();
SparseKernels sparse(const Activation*);
BatchNormKernels batchNorm();
LossKernels loss();
InputKernels input();
ArrayKernels array();
double peak(long rounds);

/** All of it. Nothing of an instruction set may run before it is known that the machine has it. */
const Kernels& table();

}  // namespace gfl::GFL_SIMD
