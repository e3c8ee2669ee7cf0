/**
 * Run by binding.gyp. Writes the header that names every optimizer and activation, found by their files: the struct of
 * `kernels/optimizers/adam.h` is `Adam`. Prints the kernel files, which are compiled for each instruction set.
 */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const root = import.meta.dirname
const ids = folder => readdirSync(join(root, 'kernels', folder)).sort().map(file => file.replace('.h', ''))
const struct = id => id.split('-').map(word => word[0].toUpperCase() + word.slice(1)).join('')
/** A macro that uses another on each member's type and id. */
const macro = folder => `#define GFL_${folder.toUpperCase()}(use) ${ids(folder).map(id => `use(${folder}::${struct(id)}, "${id}")`).join(' ')}`

const header = ['activations', 'optimizers'].flatMap(folder => ids(folder).map(id => `#include "${folder}/${id}.h"`)).concat(
  ['activations', 'optimizers'].map(macro),
)
mkdirSync(join(root, 'build'), { recursive: true })
writeFileSync(join(root, 'build', 'members.h'), `${header.join('\n')}\n`)

const sources = folder => readdirSync(join(root, folder)).filter(file => file.endsWith('.cpp')).sort().map(file => `${folder}/${file}`)
const wanted = { kernels: () => sources('kernels').filter(file => !file.endsWith('instruction-sets.cpp')), rest: () => ['kernels/instruction-sets.cpp', ...sources('executor'), ...sources('binding')] }
console.log(wanted[process.argv[2]]().join('\n'))
