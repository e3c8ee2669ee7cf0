import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Rooms of the house from the ground up: a file imports from its own room and from rooms below it. */
const layers: readonly (readonly string[])[] = [
  ['src-shared'],
  ['src-main/resources.ts', 'src-main/cpu.ts', 'src-main/presets.ts', 'src-main/data-directory.ts', 'src-main/folders.ts', 'src-main/whole.ts'],
  ['src-main/datasets', 'src-main/import'],
  ['src-main/engines'],
  ['src-main/worker'],
  ['src-main/store'],
  ['src-main/queue', 'src-main/comparison'],
  ['src-main/rows'],
  ['src-main/export'],
  ['src-main/reads'],
  ['src-main/lab'],
  ['src-main/api', 'src-main/csp.ts'],
  ['src-main/server'],
  ['src-main/cli'],
  ['src-main/electron'],
  ['src-main/index.ts', 'src-main/preload.ts'],
]

/** What `src-shared` may use: pure packages, nothing of a platform. */
const purePackages = [
  'zod',
  'canonicalize',
  'jsonc-parser',
  'fastest-levenshtein',
  '@noble/hashes',
  '@orpc/contract',
]

/** What `src-shared` may take types of, and nothing else. */
const typedPackages = ['echarts']

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name))
}

/** Imported files (from the root) and packages of a source file. */
function importsOf(file: string, { typesToo = true } = {}): { files: string[], packages: string[] } {
  const text = readFileSync(join(root, file), 'utf8')
  const names = ts.preProcessFile(typesToo
    ? text
    : text.replace(/^import type .*$/gm, '')).importedFiles.map(({ fileName }) => fileName)
  const files = names.flatMap((name) => {
    if (name.startsWith('@shared/')) {
      return [
        name.replace('@shared', 'src-shared'),
      ]
    }
    return name.startsWith('.')
      ? [
          relative(root, resolve(root, dirname(file), name)),
        ]
      : []
  })
  return {
    files,
    packages: names.filter(name => !name.startsWith('.') && !name.startsWith('@shared/')),
  }
}

/** The source file that an import without its ending means. */
function asFile(imported: string): string {
  return [
    `${imported}.ts`,
    join(imported, 'index.ts'),
  ].find(file => all.includes(file)) ?? imported
}

function layerOf(file: string): number {
  return layers.findIndex(rooms => rooms.some(room => file === room || `${file}.ts` === room || file.startsWith(`${room}/`) || file === room.replace('.ts', '')))
}

const all = [
  ...sources('src-shared'),
  ...sources('src-main'),
]

describe('the house', () => {
  it('has a floor for every source file', () => {
    expect(all.filter(file => layerOf(file) < 0)).toEqual([])
  })

  it('has imports that go downward only', () => {
    const upward = all.flatMap(file => importsOf(file).files.filter((imported) => {
      const [from, to] = [
        layerOf(file),
        layerOf(imported),
      ]
      const sameRoom = layers[from]!.find(room => file.startsWith(room)) === layers[to]?.find(room => imported.startsWith(room))
      return to > from || (to === from && !sameRoom)
    }).map(imported => `${file} imports ${imported}`))
    expect(upward).toEqual([])
  })

  it('has no circle of imports', () => {
    const values = new Map(all.map(file => [
      file,
      importsOf(file, { typesToo: false }).files.map(asFile),
    ]))
    const circles: string[] = []
    const walked = new Set<string>()
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        circles.push([
          ...path.slice(path.indexOf(file)),
          file,
        ].join(' → '))
      }
      if (walked.has(file) || path.includes(file))
        return
      for (const imported of values.get(file) ?? [])
        walk(imported, [...path, file])
      walked.add(file)
    }
    all.forEach(file => walk(file, []))
    expect(circles).toEqual([])
  })

  it('has a ground floor that is pure: no platform, no I/O', () => {
    const among = (packages: readonly string[]) => (name: string): boolean => packages.some(one => name === one || name.startsWith(`${one}/`))
    const impure = sources('src-shared').flatMap((file) => {
      const values = importsOf(file, { typesToo: false }).packages.filter(name => !among(purePackages)(name))
      const types = importsOf(file).packages.filter(name => !among([...purePackages, ...typedPackages])(name))
      return [...new Set([...values, ...types])].map(name => `${file} imports ${name}`)
    })
    expect(impure).toEqual([])
  })

  it('has workers that know neither SQLite nor Electron, and a store that knows no engine', () => {
    const uses = (folder: string): string[] => sources(folder).flatMap(file => importsOf(file).packages)
    expect(['src-main/worker', 'src-main/engines', 'src-main/datasets'].flatMap(uses).filter(name => /sqlite|electron|drizzle/.test(name))).toEqual([])
    expect(['src-main/store', 'src-main/queue'].flatMap(uses).filter(name => name.includes('tensorflow'))).toEqual([])
  })

  it('has no file that everything passes through', () => {
    const long = all.filter(file => readFileSync(join(root, file), 'utf8').split('\n').length > 350)
    expect(long).toEqual([])
  })
})
