import type { Calibration } from '@shared/calibration/calibration'

/** What was measured on a machine that never was: sparse layers are faster below a density of 0.62. */
export function calibrated(changes: Partial<Calibration> = {}): Calibration {
  const densities = [0.01, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9]
  return {
    engine: 'native',
    numerics: 1,
    device: 'test CPU',
    measuredWith: { instructionSet: 'avx2' },
    settings: { sparseDensity: 0.62 },
    at: '2026-10-01T12:00:00.000Z',
    seconds: 20,
    load: 0.2,
    cores: 8,
    layer: { inputs: 1024, outputs: 1024, batchSize: 128 },
    curve: densities.map(density => ({ density, sparse: 0.0002 + density * 0.009, masked: 0.00578 })),
    breakEven: 0.62,
    peak: 120,
    dense: 100,
    denseNetwork: '784-1024-1024-10',
    costs: { run: 0.4, draw: 1e-7, step: 2e-5, weight: 6e-11, active: 8e-11, update: 7e-10, unit: 1e-9, norm: 5e-10, input: 1e-10, sparseDensity: 0.62 },
    ...changes,
  }
}
