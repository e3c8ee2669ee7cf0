/**
 * `npm run test:torch`: asks PyTorch what `resources/pytorch/egf.py` measures, and holds the float64 reference and the
 * engines against it. `-- --write` also keeps PyTorch's answers, against which `npm test` holds them.
 * PyTorch is that of the benchmark: `LAB_BENCH_VENV`, or a virtual environment in the user's cache folder, made if need be.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { node } = setUp()
process.exitCode = Number(process.versions.node.split('.')[0]) >= 24
  ? await test(process.argv.includes('--write'))
  : spawnSync(node, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1

/** The exit code. */
async function test(isKept) {
  const { ensurePython, python } = await import('../bench/engine/python.ts')
  const found = ensurePython()
  if (found.kind === 'missing') {
    console.error(`${found.reason}.`)
    return 1
  }
  const folder = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-torch-'))
  try {
    const answers = isKept ? join(root, 'test', 'reference', 'torch', 'flow.json') : join(folder, 'flow.json')
    const asked = run(python, ['-B', join(root, 'test', 'reference', 'torch', 'make_flow.py'), answers], {})
    return asked || run(node, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'test/reference/flow.test.ts', 'test/engines/flow.test.ts'], { FLOW_ANSWERS: answers })
  }
  finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(program, args, env) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1
}
