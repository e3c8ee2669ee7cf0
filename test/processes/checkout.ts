import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { temporaryFolder } from '../temporary'

const scripts = resolve(import.meta.dirname, '../../scripts')

/** Says on which tool it was called, in `calls`; fails while there is a file `broken`, waits while there is one `slow`. */
function tool(name: string, then: string): string {
  return `
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
appendFileSync('calls', '${name} ' + process.argv[2] + '\\n')
while (existsSync('slow'))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
if (existsSync('broken')) {
  console.log('${name} says why')
  process.exit(1)
}
${then}
`
}

const builder = tool('electron-vite', `
mkdirSync(process.env.BUILD_FOLDER + '/main', { recursive: true })
writeFileSync(process.env.BUILD_FOLDER + '/main/cli.js', '')
`)

/** A checkout with the real scripts and stand-ins for npm and what npm installs. */
export function checkout(): string {
  const root = join(temporaryFolder(), 'checkout')
  mkdirSync(join(root, 'src-main'), { recursive: true })
  cpSync(scripts, join(root, 'scripts'), { recursive: true })
  for (const file of ['.npmrc', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json', 'src-main/index.ts'])
    writeFileSync(join(root, file), '')
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(root, 'builder'), builder)
  writeFileSync(join(root, 'npm.js'), tool('npm', `
const folder = 'node_modules/electron-vite/bin'
mkdirSync(folder, { recursive: true })
writeFileSync(folder + '/electron-vite.js', (await import('node:fs')).readFileSync('builder'))
`))
  return root
}

/** The environment of one who has npm and no compiler. */
export function environmentOf(root: string): NodeJS.ProcessEnv {
  return { PATH: '', npm_execpath: join(root, 'npm.js') }
}
