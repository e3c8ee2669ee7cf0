import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What workers may run on is missing: a sentence about it. */
export class NoPlainNode extends Error {}

export interface NodePlace {
  /** Of the environment: what started the program has found it already. */
  readonly given: string | undefined
  /** Of the packaged program. */
  readonly resources: string | undefined
  /** From where a checkout's packages are looked for, upwards. */
  readonly folder: string
  readonly platform: NodeJS.Platform
  readonly arch: string
}

/**
 * The Node that workers run on. It is never Electron's own: that one forbids what GPU addons need, and the process that
 * trains is to be the one that the tests ran.
 * @throws NoPlainNode
 */
export function plainNode({ given, resources, folder, platform, arch }: NodePlace): string {
  const name = platform === 'win32' ? 'node.exe' : 'node'
  const system = `${platform === 'win32' ? 'win' : platform}-${arch}`
  const candidates = [
    ...given ? [given] : [],
    ...resources ? [join(resources, 'node', name)] : [],
    // Apple Silicon's package has another name than its siblings.
    ...foldersAbove(folder).flatMap(above => [`node-${system}`, `node-bin-${system}`].map(packageName => join(above, 'node_modules', packageName, 'bin', name))),
  ]
  const found = candidates.find(existsSync)
  if (found === undefined)
    throw new NoPlainNode(`There is no Node for ${system} to train with. In a checkout, "npm ci" brings it; "npm start" finds an installed one too.`)
  return found
}

function foldersAbove(folder: string): string[] {
  return dirname(folder) === folder ? [folder] : [folder, ...foldersAbove(dirname(folder))]
}
