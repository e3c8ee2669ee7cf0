import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { study } from '../import/files'
import { temporaryFolder } from '../temporary'
import { experimentFile } from './experiment-file'
import { lab, quickExperiment, startLab } from './lab'

function resultsFile(csv: string, name = 'results.csv'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, csv)
  return path
}

describe('lab import', () => {
  it('stores results, prints what was read and the table of cells; list and show know them then', async () => {
    const data = join(temporaryFolder(), 'data')
    const imported = await lab('import', resultsFile(study), '--data', data)
    expect(imported.code).toBe(0)
    expect(imported.stderr).toMatch(/results\.csv is stored as batch-norm-elsewhere\. "batch norm" is a column of the file's own; if it is network\.batchNorm, name it so/)
    for (const line of [
      /^Batch norm elsewhere$/m,
      /^no +79 +92\.0 ± 0\.0 +91\.9 ± 0\.0 +-0\.1 ± 0\.0 .* 1\.000 +0\.250 +2 = 1 x 2$/m,
      /^no +all .* 1\.000 +0\.125 +3, 1 diverged$/m,
      /^yes +all .* 0\.063 +1\.000 +4 = 2 x 2$/m,
      /^8 pairs of results\.csv: 2 treatments, capacities 79, 236, seeds 1, 2; measures test\.accuracy, egf2\.$/m,
      /^Varied: batch norm \(no, yes\)\.$/m,
      /^The same everywhere: training\.optimizer sgd\.$/m,
      /^Not complete: W236 s2 no \(sparse diverged\)\.$/m,
      /signed-rank test of a treatment cannot reach p = 0\.05 with 4 pairs \(at best 0\.063\)/,
    ])
      expect(imported.stdout).toMatch(line)
    expect((await lab('show', 'batch-norm-elsewhere', '--data', data)).stdout).toBe(imported.stdout)
    expect((await lab('list', '--data', data)).stdout).toMatch(/^batch-norm-elsewhere +batch norm 2 +79, 236 +2 +16 +15 done, 1 diverged +results\.csv +\d{4}-/m)
    const [listed] = JSON.parse((await lab('list', '--json', '--data', data)).stdout) as object[]
    expect(listed).toMatchObject({ import: 'batch-norm-elsewhere', capacities: [79, 236], seeds: [1, 2], runs: { done: 15, diverged: 1 } })
    const shown = JSON.parse((await lab('show', 'batch-norm-elsewhere', '--json', '--data', data)).stdout) as { cells: object[], pairs: object[] }
    expect(shown.cells.at(-1)).toMatchObject({ treatment: 'yes', pairs: 4, p: { sparseBetter: 1 / 16, denseBetter: 1 } })
    expect(shown.pairs[0]).toMatchObject({ pair: 'W79 s1 no', position: 0, dense: { measures: { 'test.accuracy': { value: 0.9201, correct: 9201, total: 10_000 } } } })
    expect((await lab('show', 'batch-norm', '--data', data)).stderr).toContain('stored: batch-norm-elsewhere')
  })

  it('changes nothing for the same file, and replaces a file of the same name only when told', async () => {
    const data = temporaryFolder()
    const file = resultsFile(study)
    expect(JSON.parse((await lab('import', file, '--json', '--data', data)).stdout)).toMatchObject({ stored: 'added', import: 'batch-norm-elsewhere' })
    const again = await lab('import', file, '--name', 'Other', '--json', '--data', data)
    expect(again.stderr).toMatch(/is stored already as batch-norm-elsewhere, since .*; nothing was changed/)
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { stored: 'same', name: 'Batch norm elsewhere' }])

    const grown = resultsFile(study.replaceAll('diverged,sgd,no,,', 'done,sgd,no,0.9,1'))
    const refused = await lab('import', grown, '--data', data)
    expect([refused.code, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toMatch(/there is an import "Batch norm elsewhere" already, of another file \(results\.csv, imported .*\); nothing was changed\. --replace puts this one in its place/)
    expect(JSON.parse((await lab('import', grown, '--replace', '--json', '--data', data)).stdout)).toMatchObject({ stored: 'replaced', import: 'batch-norm-elsewhere', runs: { done: 16 } })
    expect(JSON.parse((await lab('list', '--json', '--data', data)).stdout)).toHaveLength(1)
  })

  it('says everything that is wrong with a file, by line, and leaves nothing on disk', async () => {
    const data = join(temporaryFolder(), 'none')
    const file = resultsFile('pair,side,capacity,seed,test.accuracy\na,dense,79,1,93.1\nb,sparse,79,2,0.9\n')
    const { code, stdout, stderr } = await lab('import', file, '--data', data)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe([
      `${file}:2: test.accuracy is "93.1"; it must be a share from 0 to 1, not in percent`,
      `${file}:3: pair "b" has no dense side; it needs a row of it`,
      '',
    ].join('\n'))
    const many = await lab('import', resultsFile(`pair,side,capacity,seed,test.loss\n${'a,left,79,1,1\n'.repeat(30)}`), '--data', data)
    expect(many.stderr.trimEnd().split('\n')).toHaveLength(21)
    expect(many.stderr).toMatch(/\nand 10 more\n$/)
    const answers = await Promise.all([['import', 'no-such.csv'], ['import', '/'], ['import'], ['import', file, '--example', data], ['import', file, '--name', ' ']].map(args => lab(...args, '--data', data)))
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2])
    expect(answers.map(({ stderr }) => stderr)).toEqual([
      expect.stringMatching(/there is no file .*no-such\.csv/),
      '/ is no file; results are a CSV file\n',
      expect.stringContaining('give a CSV file to import, or --example'),
      expect.stringContaining('give a CSV file to import, or --example'),
      expect.stringContaining('it must be a text of 1 to 120 characters'),
    ])
    expect(existsSync(data)).toBe(false)
  })

  it('writes an example that it reads, and writes over nothing', async () => {
    const [data, into] = [temporaryFolder(), join(temporaryFolder(), 'example')]
    const files = (await lab('import', '--example', into, '--data', data)).stdout.trimEnd().split('\n')
    expect(files).toEqual([join(into, 'egf.py'), join(into, 'results.csv')])
    expect(readFileSync(files[0]!, 'utf8')).toContain('def gradient_flow(')
    expect(await lab('import', files[1]!, '--data', data)).toMatchObject({ code: 0 })
    expect((await lab('import', '--example', into, '--data', data))).toMatchObject({ code: 3, stderr: `${join(into, 'egf.py')}: a file is in the way\n` })
    const [, told] = /is (\S+egf\.py)/.exec((await lab('import', '--help')).stdout)!
    expect(existsSync(told!)).toBe(true)
  })

  it('without accuracies shows no table of cells, and says so', async () => {
    const { code, stdout } = await lab('import', resultsFile('pair,side,capacity,seed,egf1\na,dense,79,1,1\na,sparse,79,1,2\n', 'flow.csv'), '--data', temporaryFolder())
    expect([code, stdout]).toEqual([0, [
      'flow',
      '',
      '1 pair of flow.csv: 1 treatment, capacity 79, seed 1; measure egf1.',
      'There is no table of cells: it compares test.accuracy, which the file does not have.',
      '',
    ].join('\n')])
  })

  it('names the process that trains in the data directory', async () => {
    const data = temporaryFolder()
    const long = { ...quickExperiment, base: { ...quickExperiment.base, training: { epochs: 10_000 } } }
    const first = startLab(['run', experimentFile(long), '--data', data])
    await first.says('at once')
    const { code, stderr } = await lab('import', resultsFile(study), '--data', data)
    expect([code, stderr]).toEqual([3, expect.stringContaining(`${data} is in use by process ${first.process.pid} on`)])
    first.process.kill('SIGINT')
    await first.ended
  })
})
