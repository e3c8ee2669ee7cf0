import type { OpenEngine } from '../engine'
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { cpuName } from '../../cpu'
import { hasSimd } from './simd'
import { TfjsTrainer } from './trainer'

/** Loads the WebAssembly backend from the package's own files. */
export async function openWasm(): Promise<OpenEngine> {
  tf.enableProdMode()
  setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep)
  if (!await tf.setBackend('wasm'))
    throw new Error('the WebAssembly backend of TensorFlow.js could not be initialised')
  await tf.ready()
  return {
    settings: { simd: hasSimd() },
    device: cpuName(),
    versions: { tfjs: tf.version.tfjs, node: process.versions.node },
    threads: 1,
    async compile(network, training, replicas, examples) {
      if (replicas.length !== 1)
        throw new RangeError(`the wasm engine trains one replica at a time, not ${replicas.length}`)
      return new TfjsTrainer(network, training, replicas[0]!, examples)
    },
  }
}
