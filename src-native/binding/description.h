#pragma once

#include "../executor/network.h"
#include "value.h"

namespace gfl {

/** The kernels of an instruction set by its name. */
const Kernels& kernelsOf(const Given& name);

/** A network as the caller describes it, checked. */
Description describe(const Given& network);

}  // namespace gfl
