/** `npm run bench:NAME`: sets up, then runs `bench/NAME.ts` under Node 24 through Vite, as the product is built. */

import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

const { node } = setUp()
const [name, ...args] = process.argv.slice(2)
if (process.execPath === node || Number(process.versions.node.split('.')[0]) >= 24) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const { runnerImport } = await import('vite')
  process.argv = [node, name, ...args]
  await runnerImport(`${root}/bench/${name}.ts`, {
    root,
    configFile: false,
    resolve: {
      alias: { '@shared': `${root}/src-shared` },
    },
  })
}
else {
  process.exitCode = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1
}
