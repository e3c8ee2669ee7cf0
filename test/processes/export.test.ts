import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { decodePng } from '../export/png'
import { temporaryFolder } from '../temporary'
import { experimentFile } from './experiment-file'
import { lab, quickExperiment } from './lab'

it('lab export writes figures and says where, nothing else, and refuses what it has no format for', async () => {
  const data = temporaryFolder()
  const out = join(temporaryFolder(), 'figures')
  expect((await lab('run', experimentFile(quickExperiment), '--data', data)).code).toBe(0)

  const png = await lab('export', 'quick', '--format', 'png', '--out', out, '--data', data)
  expect(png).toMatchObject({ code: 0, stderr: '' })
  const files = png.stdout.trimEnd().split('\n')
  expect(files.map(file => basename(file)).toSorted()).toEqual(readdirSync(out).toSorted())
  expect(files).toEqual(expect.arrayContaining([join(out, 'width-figure-85mm.png'), join(out, 'width-figure.csv'), join(out, 'captions.txt')]))
  expect(decodePng(readFileSync(join(out, 'width-figure-85mm.png'))).width).toBe(1004)

  const svg = await lab('export', 'quick', '--format', 'svg', '--json', '--data', data)
  const listed = (JSON.parse(svg.stdout) as { files: string[] }).files
  expect(listed).toContain(join(data, 'exports', 'quick', 'mean-curves-egf2-170mm.svg'))
  expect(readFileSync(join(data, 'exports', 'quick', 'mean-curves-egf2-170mm.svg'), 'utf8')).toContain('>Effective gradient flow EGF₂ (log)</text>')

  const pdf = await lab('export', 'quick', '--format', 'pdf', '--mm', '120', '--text', 'outlines', '--dpi', '600', '--out', out, '--data', data)
  expect(pdf).toMatchObject({ code: 0, stderr: 'Without effect on pdf: --dpi (only with --format png).\n' })
  expect(readFileSync(join(out, 'width-figure-120mm.pdf')).toString('latin1', 0, 5)).toBe('%PDF-')

  const latex = await lab('export', 'quick', '--format', 'latex', '--out', out, '--data', data)
  expect(latex).toMatchObject({ code: 0, stdout: `${join(out, 'cells.tex')}\n`, stderr: '' })
  expect(readFileSync(join(out, 'cells.tex'), 'utf8')).toMatch(/\\caption\{.*Wilcoxon signed-rank[^\n\r}\u2028\u2029]*\}[\s\S]*\\toprule[\s\S]*NR & 12 & /)

  const report = await lab('export', 'quick', '--format', 'html', '--out', out, '--data', data)
  expect(report).toMatchObject({ code: 0, stdout: `${join(out, 'quick-report.html')}\n`, stderr: '' })
  expect(readFileSync(join(out, 'quick-report.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*Does it run\?[\s\S]*<\/html>\n$/)

  const refused = await lab('export', 'quick', '--format', 'gif', '--data', data)
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain('Allowed choices are csv, json, latex, markdown, tsv, pdf, png, svg, html')
  const wide = await lab('export', 'quick', '--format', 'png', '--mm', '85,4000', '--data', data)
  expect(wide).toMatchObject({ code: 2, stdout: '', stderr: '--mm is 85, 4000; it must be numbers that differ, each from 60 to 400 mm\n' })
})
