/**
 * `npm run bench:ui`: a data directory with 2,000 runs, served to the installed Chromium: how long screens take to show
 * what they are opened for, and how long the page and the program are blocked while runs report their progress.
 */

import type { Page } from '@playwright/test'
import type { Experiment } from '@shared/experiment/schema'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createRouterClient } from '@orpc/server'
import { chromium } from '@playwright/test'
import { checkExperiment } from '@shared/experiment/file'
import { planExperiment } from '@shared/plan/plan'
import { router } from '../src-main/api/router'
import { cpuName } from '../src-main/cpu'
import { openLab } from '../src-main/lab/lab'
import { planInThread } from '../src-main/lab/planning'
import { startReader } from '../src-main/reads/reader'
import { serve } from '../src-main/server/server'
import { createExperiment, runsOfExperiment } from '../src-main/store/experiments'
import { Measurements } from '../src-main/store/measurements'

const EPOCHS = 20
const build = resolve('out/current')
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)
if (!executablePath) {
  console.log('skipped: there is no Chromium here (Debian: apt-get install chromium)')
  process.exit(0)
}

function experimentOf(name: string, capacities: number, seeds: number, epochs = EPOCHS): Experiment {
  const checked = checkExperiment({
    name,
    question: `Does ${name} take long to show?`,
    base: { data: { dataset: 'synthetic' }, network: { maximumWidth: 60 }, training: { epochs } },
    factors: [{ name: 'BatchNorm', levels: [{ name: 'NR' }, { name: 'BN', set: { 'network.batchNorm': true } }] }],
    capacities: Array.from({ length: capacities }, (_, i) => 5 + i),
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
  })
  if (checked.kind === 'invalid')
    throw new Error(checked.problems[0]?.message)
  return checked.experiment
}

function mustPlan(experiment: Experiment) {
  const planned = planExperiment(experiment)
  if (planned.kind === 'refused')
    throw new Error(planned.problems[0]?.message)
  return planned.plan
}

const folder = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-ui-'))
const lab = await openLab(folder, 'bench:ui', { workerFile: join(build, 'main/worker.js'), startReader: data => startReader(join(build, 'main/reader.js'), data), plan: planInThread(join(build, 'main/planner.js')) })
try {
  await lab.pauseQueue()
  const measurements = new Measurements(lab.store)
  // 500 pairs in one experiment, 50 in each of ten.
  for (const experiment of [experimentOf('the large one', 5, 50), ...Array.from({ length: 10 }, (_, i) => experimentOf(`number ${i + 1}`, 5, 5, EPOCHS + 1 + i))]) {
    const stored = createExperiment(lab.store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 })
    const epochs = Number(experiment.base['training.epochs'])
    lab.store.sqlite.transaction(() => {
      for (const [i, id] of runsOfExperiment(lab.store, stored.id).entries()) {
        for (let epoch = 0; epoch <= epochs; epoch++) {
          const correct = 60 + epoch * 5 + i % 17
          measurements.record({ id, epochs }, [{ epoch, measurements: [
            { measure: 'egf2', layer: 0, value: 1 / (1 + epoch) + i / 1000 },
            { measure: 'egf1', layer: 0, value: 9 / (1 + epoch) + i / 1000 },
            { measure: 'train.loss', layer: 0, value: 2 / (1 + epoch) },
            { measure: 'test.accuracy.subset', layer: 0, value: correct / 256, correct, total: 256 },
            ...epoch === epochs ? [{ measure: 'test.accuracy', layer: 0, value: correct / 256, correct, total: 256 }] : [],
          ] }])
        }
      }
    })()
  }
  lab.store.sqlite.exec('UPDATE runs SET state = \'done\', epoch = epochs, started_at = created_at, finished_at = created_at')
  const runs = lab.store.sqlite.prepare('SELECT count(*) FROM runs').pluck().get() as number
  console.log(`${cpuName()}, Node ${process.versions.node}: ${runs.toLocaleString('en-US')} runs in 11 experiments, one of them with 500 pairs\n`)

  const server = await serve(lab, { host: '127.0.0.1', port: 0 }, join(build, 'renderer'))
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(server.url)
  const origin = new URL(page.url()).origin

  const screens: [name: string, path: string, shown: string][] = [
    ['Experiments', '/#/', 'td a'],
    ['Experiment, overview', '/#/experiments/the-large-one', 'canvas'],
    ['Experiment, pairs', '/#/experiments/the-large-one/pairs', 'td a'],
    ['Experiment, runs', '/#/experiments/the-large-one/runs', 'td a'],
    ['Pair', '/#/experiments/the-large-one/pairs/3', 'canvas'],
  ]
  console.log(`${'screen opened anew'.padEnd(28)} ${'min ms'.padStart(8)} ${'median'.padStart(8)}   target`)
  for (const [name, path, shown] of screens) {
    const times = []
    for (let i = 0; i < 5; i++)
      times.push(await timeToShow(page, `${origin}${path}`, shown))
    times.sort((a, b) => a - b)
    console.log(`${name.padEnd(28)} ${times[0]!.toFixed(0).padStart(8)} ${times[2]!.toFixed(0).padStart(8)}   < 1000`)
  }

  const api = createRouterClient(router, { context: { lab } })
  const slug = 'the-large-one'
  console.log(`\n${'the program answers'.padEnd(28)} ${'min ms'.padStart(8)} ${'median'.padStart(8)} ${'blocked'.padStart(8)}   target: blocked < 16`)
  for (const [name, call] of [
    ['experiments.list', () => api.experiments.list()],
    ['experiments.get, 500 pairs', () => api.experiments.get({ slug })],
    ['experiments.pairs, 500', () => api.experiments.pairs({ slug })],
    ['experiments.meanCurves', () => api.experiments.meanCurves({ slug, measure: 'egf2' })],
    ['queue.get', () => api.queue.get()],
  ] as const) {
    const times = []
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    for (let i = 0; i < 9; i++) {
      const start = performance.now()
      await call()
      times.push(performance.now() - start)
    }
    // The monitor's next tick counts what blocked it.
    await new Promise(resolve => setTimeout(resolve, 5))
    delay.disable()
    times.sort((a, b) => a - b)
    console.log(`${name.padEnd(28)} ${times[0]!.toFixed(1).padStart(8)} ${times[4]!.toFixed(1).padStart(8)} ${(delay.max / 1e6).toFixed(1).padStart(8)}`)
  }

  // Runs that report: as fast as small networks do.
  const busy = experimentOf('a busy one', 2, 50, 2000)
  await lab.create(busy)
  lab.resumeQueue()
  console.log(`\n${'while runs report'.padEnd(28)} ${'page ms'.padStart(8)} ${'tasks'.padStart(8)} ${'program'.padStart(8)}   targets: page tasks < 50, program < 16`)
  for (const [name, path, shown] of [...screens.slice(0, 3), ['Queue', '/#/queue', 'li a'] as const, ['Experiment that is trained', '/#/experiments/a-busy-one', 'canvas'] as const]) {
    await page.goto('about:blank')
    await page.goto(`${origin}${path}`)
    await page.locator(shown).first().waitFor()
    // What opening took is above.
    await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 1500)))
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const tasks = await page.evaluate(() => new Promise<number[]>((resolve) => {
      const long: number[] = []
      new PerformanceObserver(list => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask' as never] })
      setTimeout(resolve, 8000, long)
    }))
    delay.disable()
    console.log(`${name.padEnd(28)} ${(tasks.length ? Math.max(...tasks).toFixed(0) : '< 50').padStart(8)} ${String(tasks.length).padStart(8)} ${(delay.max / 1e6).toFixed(1).padStart(8)}   (99 % ${(delay.percentile(99) / 1e6).toFixed(1)})`)
  }
  await browser.close()
  await server.close()
}
finally {
  await lab.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** From an empty page to the first thing that the screen is opened for, in milliseconds. */
async function timeToShow(page: Page, url: string, shown: string): Promise<number> {
  await page.goto('about:blank')
  const start = performance.now()
  await page.goto(url)
  await page.locator(shown).first().waitFor()
  return performance.now() - start
}
