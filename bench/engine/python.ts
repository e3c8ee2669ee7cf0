import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import envPaths from 'env-paths'

/** Where rivals' own files are: outside the checkout, shared by all checkouts of this user. */
const folder = process.env.LAB_BENCH_VENV ?? join(envPaths('gradient-flow-lab', { suffix: '' }).cache, 'bench-venv')
const requirements = join(import.meta.dirname, 'rivals', 'requirements.txt')

export const python = join(folder, 'bin', 'python')
/** Of compiled kernels, so that each is compiled once. */
export const compiledKernels = join(folder, 'compiled-kernels')

export type Python
  = | { readonly kind: 'ready' }
    /** Why there are no Python rivals, and what to do. */
    | { readonly kind: 'missing', readonly reason: string }

/** The rivals' virtual environment; made at first use, and again when what they require has changed. */
export function ensurePython(): Python {
  const wanted = readFileSync(requirements, 'utf8')
  const stamp = join(folder, 'requirements.txt')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return { kind: 'ready' }
  if (spawnSync('python3', ['-c', 'import ensurepip, venv']).status !== 0)
    return { kind: 'missing', reason: 'PyTorch and JAX are skipped, since there is no Python 3 that makes virtual environments (Debian: apt-get install python3-venv)' }
  console.log(`Installing PyTorch and JAX into ${folder} (5.9 GB there, about 3 GB to fetch); minutes, once...`)
  mkdirSync(dirname(folder), { recursive: true })
  const made = spawnSync('python3', ['-m', 'venv', folder], { stdio: ['ignore', 2, 2] }).status === 0
    && spawnSync(python, ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', '--requirement', requirements], { stdio: ['ignore', 2, 2] }).status === 0
  if (!made)
    return { kind: 'missing', reason: 'PyTorch and JAX are skipped, since pip could not install them (see above); is PyPI reachable, and is the disk not full?' }
  writeFileSync(stamp, wanted)
  return { kind: 'ready' }
}

/** Read when libraries load, so given to a process at its start. */
export function pythonEnvironment({ threads, tunedMemory }: { threads: number, tunedMemory: boolean }): Record<string, string> {
  return {
    OMP_NUM_THREADS: String(threads),
    MKL_NUM_THREADS: String(threads),
    PYTHONDONTWRITEBYTECODE: '1',
    TORCHINDUCTOR_CACHE_DIR: compiledKernels,
    JAX_PLATFORMS: 'cpu',
    ...threads === 1 && { XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1' },
    // Else glibc gives every buffer of a weight's size back to the system, and each step pays its page faults.
    ...tunedMemory && {
      MALLOC_MMAP_THRESHOLD_: String(2 ** 32),
      MALLOC_TRIM_THRESHOLD_: String(2 ** 33),
      MALLOC_TOP_PAD_: String(2 ** 28),
      GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
    },
  }
}
