import type { ImportedResults } from '@shared/import/results'
import { describe, expect, it } from 'vitest'
import { readFile } from '../../src-main/import/read'

/** What is wrong with a file, each with its line. */
function problems(content: string | Uint8Array): string[] {
  const read = readFile(typeof content === 'string' ? new TextEncoder().encode(content) : content)
  return read.kind === 'refused' ? read.problems.map(({ line, message }) => line === undefined ? message : `${line}: ${message}`) : []
}

function results(content: string): ImportedResults {
  const read = readFile(new TextEncoder().encode(content))
  if (read.kind === 'refused')
    throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.results
}

const head = 'pair,side,capacity,seed,optimizer,test.accuracy'
const pair = ['a,dense,79,1,adam,0.9312', 'a,sparse,79,1,adam,0.93']

/** A file whose rows follow the usual head. */
function file(...rows: readonly string[]): string {
  return [head, ...rows, ''].join('\n')
}

describe('a file of results', () => {
  it('holds pairs: two rows each, in any order, decimals as counts of one total', () => {
    expect(results(file(pair[0]!, 'b,sparse,79,2,adam,0.5', ...pair.slice(1), 'b,dense,79,2,adam,1'))).toEqual({
      factors: ['optimizer'],
      measures: ['test.accuracy'],
      pairs: [
        {
          name: 'a',
          treatment: 'base',
          levels: { optimizer: 'adam' },
          capacity: 79,
          seed: 1,
          dense: { state: 'done', settings: { optimizer: 'adam' }, measures: { 'test.accuracy': { value: 0.9312, correct: 9312, total: 10_000 } } },
          sparse: { state: 'done', settings: { optimizer: 'adam' }, measures: { 'test.accuracy': { value: 0.93, correct: 9300, total: 10_000 } } },
        },
        {
          name: 'b',
          treatment: 'base',
          levels: { optimizer: 'adam' },
          capacity: 79,
          seed: 2,
          dense: { state: 'done', settings: { optimizer: 'adam' }, measures: { 'test.accuracy': { value: 1, correct: 10_000, total: 10_000 } } },
          sparse: { state: 'done', settings: { optimizer: 'adam' }, measures: { 'test.accuracy': { value: 0.5, correct: 5000, total: 10_000 } } },
        },
      ],
    })
  })

  it.each([
    ['0.93', '0.92', [93, 92, 100]],
    ['.5', '1.0', [5, 10, 10]],
    ['9.312e-1', '0.10', [9312, 1000, 10_000]],
    ['0', '1e-3', [0, 1, 1000]],
    ['0.123456789012345', '0.1', [123456789012345, 100000000000000, 1e15]],
  ])('keeps %s and %s exactly', (dense, sparse, counts) => {
    const [read] = results(file(`a,dense,1,1,x,${dense}`, `a,sparse,1,1,x,${sparse}`)).pairs
    const [one, other] = [read!.dense.measures['test.accuracy']!, read!.sparse.measures['test.accuracy']!]
    expect([one.correct, other.correct, one.total]).toEqual(counts)
    expect(other.total).toBe(one.total)
    expect([one.value, other.value]).toEqual([Number(dense), Number(sparse)])
  })

  it('makes a share a count again where it says of how many examples, as float64, float32 or rounded', () => {
    const read = results(['pair,side,capacity,seed,test.accuracy,test.accuracy.total', `a,dense,1,1,${2794 / 3000},3000`, `a,sparse,1,1,${Math.fround(2793 / 3000)},3000`, 'b,dense,1,2,0.9313,3000', 'b,sparse,1,2,0.93,3000'].join('\n'))
    expect(read.pairs.flatMap(({ dense, sparse }) => [dense, sparse]).map(({ measures }) => measures['test.accuracy']!.correct)).toEqual([2794, 2793, 2794, 2790])
    expect(problems('pair,side,capacity,seed,test.accuracy,test.accuracy.total\na,dense,1,1,0.93160,3000\na,sparse,1,1,0.93,3001\n')).toEqual([
      '2: test.accuracy is "0.93160", which is no count of 3000 examples; write more decimals, or the count as test.accuracy.correct',
      '3: test.accuracy is "0.93", which is no count of 3001 examples; write more decimals, or the count as test.accuracy.correct',
    ])
  })

  it('takes counts, other measures, states, names of parameters, and texts with commas and line breaks', () => {
    const read = results([
      '\uFEFFexperiment,pair,side,capacity,seed,state,training.learningRate,masks.density,note,test.accuracy.correct,test.accuracy.total,egf2',
      'Study,"a, or\nso",dense,2.5,0,done,0.1,,"x, y",931,1000,1.5e-3',
      'Study,"a, or\nso",sparse,2.5,0,diverged,0.03,0.1,"x, y",,1000,nan',
      '',
      'Study,b,dense,2.5,1,,0.1,,"x, y",930,1000,2',
      'Study,b,sparse,2.5,1,,0.1,0.1,"x, y",929,1000,-0',
      ',,,,,,,,,,,',
    ].join('\r\n'))
    expect(read).toMatchObject({ experiment: 'Study', factors: ['training.learningRate', 'masks.density', 'note'], measures: ['test.accuracy', 'egf2'] })
    const [a, b] = read.pairs
    expect(a).toMatchObject({
      name: 'a, or\nso',
      treatment: '0.1 | 0.03',
      levels: { 'training.learningRate': '0.1 | 0.03', 'masks.density': '0.1', 'note': 'x, y' },
      capacity: 2.5,
      dense: { state: 'done', settings: { 'training.learningRate': 0.1, 'note': 'x, y' }, measures: { 'test.accuracy': { correct: 931, total: 1000 }, 'egf2': { value: 0.0015 } } },
      sparse: { state: 'diverged', settings: { 'training.learningRate': 0.03, 'masks.density': 0.1 }, measures: {} },
    })
    expect(b).toMatchObject({ treatment: '0.1', dense: { state: 'done' }, sparse: { measures: { egf2: { value: 0 } } } })
  })
})

describe('what is wrong with a file is said, all of it, by line', () => {
  it.each<[string, string, (string | RegExp)[]]>([
    ['nothing', '', ['the file is empty; its first line names the columns']],
    ['only a head', `${head}\n`, ['1: the file names its columns and has no rows; a row is one run']],
    ['no seed, no measure', 'pair,side,capacity,optimizer\na,dense,1,x\n', [
      '1: the column seed is missing; it holds a whole number of at least 0',
      /^1: no column is a measure; it is named egf1, egf2, .*test\.accuracy, /,
    ]],
    ['names that are almost right', 'Pair,side,capacity,seeds,test_accuracy\n', [
      '1: the column "Pair" must be written pair',
      '1: the column "test_accuracy" must be written test.accuracy',
      '1: the column seed is missing; did you mean seeds?; it holds a whole number of at least 0',
    ]],
    ['columns without a name, twice, per layer', `${head},,seed,layer.gradient.l1\n`, [
      '1: column 7 has no name; give it one, or leave it out (pandas: to_csv(..., index=False))',
      '1: two columns are named "seed"; each needs a name of its own',
      '1: layer.gradient.l1 is measured per layer, and a row is one run; leave it out',
    ]],
    ['counts without a total, and a total without counts', 'pair,side,capacity,seed,test.accuracy.correct,validation.accuracy.total\n', [
      '1: the column test.accuracy.total is missing; it holds the number of examples of which test.accuracy.correct are right',
      '1: the column validation.accuracy.correct is missing; it holds how many of the validation.accuracy.total examples are right',
    ]],
    ['a share twice', `${head},test.accuracy.correct,test.accuracy.total\n`, ['1: test.accuracy and test.accuracy.correct say the same; leave one of them out']],
    ['semicolons', 'pair;side;capacity;seed;test.accuracy\na;dense;1;1;0,93\n', ['1: the columns are separated by semicolons; save the file with commas between columns, and with decimal points']],
    ['tabs', 'pair\tside\n', ['1: the columns are separated by tabs; save the file with commas between columns, and with decimal points']],
    ['a row that is too short', file(pair[0]!, 'a,sparse,79', 'b,dense,1,1,x,1', 'b,sparse,1,1,x,1'), ['3: there are 3 fields, and 6 columns']],
    ['values', file(',Dense,0,1.5,,ninety', ...pair), [
      '2: pair is empty; it must be what the two runs of a pair have in common, any text',
      '2: side is "Dense"; it must be "dense" or "sparse"',
      '2: capacity is "0"; it must be the dense width of the pair, a number greater than 0',
      '2: seed is "1.5"; it must be a whole number of at least 0',
      '2: optimizer is empty (column 5); a level needs a name, "none" say',
      '2: test.accuracy is "ninety"; it must be a share from 0 to 1',
    ]],
    ['percent, decimal commas, too many decimals', file('a,dense,1,1,x,93.12', 'a,sparse,1,1,x,"0,9312"', 'b,dense,1,2,x,-0.1', 'b,sparse,1,2,x,0.9313333333333333'), [
      '2: test.accuracy is "93.12"; it must be a share from 0 to 1, not in percent',
      '3: test.accuracy is "0,9312"; it must be a share from 0 to 1, with a decimal point',
      '4: test.accuracy is "-0.1"; it must be a share from 0 to 1',
      '5: test.accuracy is "0.9313333333333333", too many decimals to be kept exactly; add the column test.accuracy.total with the number of examples, which makes it a count, or round it to at most 15 decimals',
    ]],
    ['done without a number', file('a,dense,1,1,x,', 'a,sparse,1,1,x,nan'), [
      '2: test.accuracy is empty; a run that is done has a number, another one the state "diverged" or "failed"',
      '3: test.accuracy is "nan"; a run that is done has a number, another one the state "diverged" or "failed"',
    ]],
    ['an unknown state, and a loss that is none', 'pair,side,capacity,seed,state,test.loss\na,dense,1,1,finished,1\na,sparse,1,1,done,0x10\n', [
      '2: state is "finished"; it must be "done", "diverged", "failed" or "cancelled"',
      '3: test.loss is "0x10"; it must be a number',
    ]],
    ['counts', 'pair,side,capacity,seed,test.accuracy.correct,test.accuracy.total\na,dense,1,1,11,10\na,sparse,1,1,1.5,10\nb,dense,1,2,1,0\nb,sparse,1,2,-1,10\nc,dense,1,3,1,10\nc,sparse,1,3,1,20\n', [
      '2: test.accuracy.correct is 11, more than the 10 of test.accuracy.total',
      '3: test.accuracy.correct is "1.5"; it must be a whole number of at least 0',
      '4: test.accuracy.total is "0"; it must be the number of examples, a whole number of at least 1',
      '5: test.accuracy.correct is "-1"; it must be a whole number of at least 0',
      '7: test.accuracy.total is 20, and 10 on the dense side in line 6; both sides are tested on the same examples',
    ]],
    ['pairs of one and of three rows', file(...pair, 'a,dense,79,1,adam,0.9', 'b,sparse,79,2,adam,0.9'), [
      '4: the dense side of pair "a" stands in line 2 already; a pair has two rows, one a side',
      '5: pair "b" has no dense side; it needs a row of it',
    ]],
    ['sides that are not of one pair', file('a,dense,79,1,adam,0.9', 'a,sparse,80,2,sgd,0.9'), [
      '3: capacity is 80, and 79 on the dense side in line 2; a pair has one',
      '3: seed is 2, and 1 on the dense side in line 2; a pair has one',
      '3: optimizer is "sgd", and "adam" on the dense side in line 2; a treatment is the same on both sides of a pair',
    ]],
    ['a measure that is misspelt', 'pair,side,capacity,seed,test.los,test.accuracy\na,dense,1,1,0.3,1\na,sparse,1,1,0.4,1\n', [
      '3: test.los is "0.4", and "0.3" on the dense side in line 2; a treatment is the same on both sides of a pair; did you mean test.loss?',
    ]],
    ['one treatment, capacity and seed twice', file(...pair, 'b,dense,79,1,adam,0.9', 'b,sparse,79,1,adam,0.9'), [
      '4: pair "b" has the treatment, capacity and seed of pair "a" in line 2; one of them must differ, or a column is missing that tells them apart',
    ]],
    ['two experiments', 'experiment,pair,side,capacity,seed,test.loss\nX,a,dense,1,1,1\nY,a,sparse,1,1,1\n', [
      '3: the experiment is "Y", and "X" in line 2; a file holds one experiment, so make it two files',
    ]],
    ['a quote that is never closed', `${file(pair[0]!)}"a,sparse,79,1,adam,0.93\n`, [/^3: a quote \("\) is opened here or further down and never closed/]],
    ['a quote within a field', file(pair[0]!, 'a 5" b,sparse,79,1,adam,0.93'), [/^3: a quote \("\) stands within a field/]],
    ['text after a quote', file(pair[0]!, '"a"b,sparse,79,1,adam,0.93'), [/^3: something follows the closing quote/]],
  ])('%s', (_, content, expected) => {
    expect(problems(content)).toEqual(expected.map(one => typeof one === 'string' ? one : expect.stringMatching(one)))
  })

  it('counts lines as an editor does, whatever stands within quotes and however lines end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = [head, '"a', 'b",dense,79,1,adam,0.9', '', '"a', 'b",sparse,79,1,adam,0.9', 'c,nowhere,79,1,adam,0.9']
      expect(problems(lines.join(end))).toEqual(['7: side is "nowhere"; it must be "dense" or "sparse"'])
    }
  })

  it('tells what is no text', () => {
    expect(problems(Uint8Array.from([0x50, 0x4B, 3, 4, 0, 0]))).toEqual(['this is a workbook or another archive, no text; save its table as CSV (UTF-8)'])
    expect(problems(new Uint8Array(Buffer.from(`\uFEFF${file(...pair)}`, 'utf16le')))).toEqual(['this is no UTF-8 but UTF-16 or no text at all; save it as CSV (UTF-8)'])
    expect(problems(new Uint8Array(Buffer.from(file(...pair, 'é,dense,1,2,x,1'), 'latin1')))).toEqual(['4: this line is no UTF-8; save the file as CSV (UTF-8)'])
  })
})
