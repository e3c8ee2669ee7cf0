import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkout, environmentOf } from './checkout'

it('npm test ends a suite that takes longer than its budget, and all when theirs is over', () => {
  const root = checkout()
  writeFileSync(join(root, 'scripts/suites.mjs'), `
export const suites = [
  { name: 'quick', budget: 60, command: ['../idle.mjs', '0'] },
  { name: 'stuck', budget: 1, command: ['../idle.mjs', '60000'] },
  { name: 'broken', budget: 60, command: ['../idle.mjs'] },
  { name: 'long', budget: 60, command: ['../idle.mjs', '60000'] },
  { name: 'last', budget: 60, command: ['../idle.mjs', '0'] },
]
export const TOGETHER = 4
`)
  writeFileSync(join(root, 'idle.mjs'), 'process.argv[2] ? setTimeout(() => {}, process.argv[2]) : process.exit(1)')
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/test.mjs')], { cwd: root, env: environmentOf(root), encoding: 'utf8' })
  expect(stdout.replace(/\d\.\d s/g, '? s').split('\n').filter(line => /^== \w+:|^\d/.test(line))).toEqual([
    '== quick: 1 passed, 0 failed, 0 skipped, ? s',
    '== stuck: 0 passed, 1 failed, 0 skipped, ? s',
    '== broken: 0 passed, 1 failed, 0 skipped, ? s',
    '== long: 0 passed, 1 failed, 0 skipped, ? s',
    '1 passed, 4 failed, 0 skipped',
  ])
  expect(stderr).toContain('The suite stuck was ended after 1 s: its budget, or what was left of the 4 s that all have together.\n')
  expect(stderr).toMatch(/The suite long was ended after [1-3] s: /)
  expect(stderr.endsWith('\nThe 4 s that all suites have together are over: last was not run, and counts as failed.\n')).toBe(true)
  expect(status).toBe(1)
})
