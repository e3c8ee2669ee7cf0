import type { Engine, OpenEngine } from '../engine'
import { cpuName } from '../../cpu'
import { lacking } from './members'
import { tooLarge } from './memory'
import { hasSimd } from './simd'

/** TensorFlow.js on WebAssembly: works wherever Node does, one thread, no sparse arithmetic. */
export default {
  id: 'wasm',
  title: 'TensorFlow.js on WebAssembly',
  numerics: 1,
  preference: 0,
  availability: async () => ({ kind: 'available', device: cpuName(), versions: {}, settings: { simd: hasSimd() } }),
  lacks: run => [...lacking(run, 'wasm'), ...tooLarge(run)],
  open: async (): Promise<OpenEngine> => (await import('./wasm')).openWasm(),
} satisfies Engine
