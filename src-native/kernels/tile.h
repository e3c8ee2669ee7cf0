#pragma once

#include <cstddef>

namespace gfl {

/** Examples of a tile at most: its rows are what a sparse kernel holds in registers (8 vectors of AVX-512). */
constexpr int tileExamples = 128;

/** Rows of all matrices are padded to this many floats, the widest vector: no kernel has remainders, on any instruction
 * set. */
constexpr int padding = 16;

/** Bytes of a cache line, and of the widest vector. */
constexpr size_t alignment = 64;

constexpr size_t padded(size_t size) { return (size + padding - 1) / padding * padding; }

/**
 * Part of a batch, feature-major: example e of unit u is at [u * stride + e] behind units * offset.
 * What lies between count and stride is finite and its gradient is zero.
 */
struct Tile {
  int count;
  int stride;
  size_t offset;
  /** Its first example in the batch. */
  int first;
};

}  // namespace gfl
