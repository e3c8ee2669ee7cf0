/**
 * `node scripts/bench.mjs runs-table`: the table of 10,000 runs in the installed Chromium: how long it takes to open, to
 * sort; and the longest task while it is scrolled.
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { checkExperiment } from '@shared/experiment/file'
import { planExperiment } from '@shared/plan/plan'
import { cpuName } from '../src-main/cpu'
import { openLab } from '../src-main/lab/lab'
import { planInThread } from '../src-main/lab/planning'
import { startReader } from '../src-main/reads/reader'
import { serve } from '../src-main/server/server'
import { createExperiment, runsOfExperiment } from '../src-main/store/experiments'
import { Measurements } from '../src-main/store/measurements'

const [EPOCHS, ROUNDS] = [2, 7]
const build = resolve('out/current')
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)
if (!executablePath) {
  console.log('skipped: there is no Chromium here (Debian: apt-get install chromium)')
  process.exit(0)
}

const checked = checkExperiment({
  name: 'Ten thousand',
  base: { data: { dataset: 'synthetic' }, network: { maximumWidth: 60 }, training: { epochs: EPOCHS } },
  factors: [{ name: 'BatchNorm', levels: [{ name: 'NR' }, { name: 'BN', set: { 'network.batchNorm': true } }] }],
  capacities: [5, 6, 7, 8, 9],
  seeds: Array.from({ length: 500 }, (_, i) => i + 1),
})
if (checked.kind === 'invalid')
  throw new Error(checked.problems[0]?.message)
const planned = planExperiment(checked.experiment)
if (planned.kind === 'refused')
  throw new Error(planned.problems[0]?.message)

const folder = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-runs-'))
const lab = await openLab(folder, 'bench:runs-table', { workerFile: join(build, 'main/worker.js'), startReader: data => startReader(join(build, 'main/reader.js'), data), plan: planInThread(join(build, 'main/planner.js')) })
try {
  await lab.pauseQueue()
  const stored = createExperiment(lab.store, checked.experiment, planned.plan, { id: 'wasm', numerics: 1 })
  const measurements = new Measurements(lab.store)
  const runs = runsOfExperiment(lab.store, stored.id)
  lab.store.sqlite.transaction(() => {
    for (const [i, id] of runs.entries()) {
      const correct = 60 + i * 7919 % 190
      measurements.record({ id, epochs: EPOCHS }, [{ epoch: EPOCHS, measurements: [
        { measure: 'egf2', layer: 0, value: Math.abs(Math.sin(i)) },
        { measure: 'test.loss', layer: 0, value: Math.abs(Math.cos(i)) },
        { measure: 'test.accuracy', layer: 0, value: correct / 256, correct, total: 256 },
      ] }])
    }
  })()
  lab.store.sqlite.exec('UPDATE runs SET state = \'done\', epoch = epochs, started_at = created_at, finished_at = created_at')
  console.log(`${cpuName()}, Node ${process.versions.node}: ${runs.length.toLocaleString('en-US')} runs; medians of ${ROUNDS}, in milliseconds\n`)

  const server = await serve(lab, { host: '127.0.0.1', port: 0 }, join(build, 'renderer'))
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(server.url)
  const origin = new URL(page.url()).origin
  const address = `${origin}/#/compare?of=${encodeURIComponent(JSON.stringify({ panels: [{ panel: 'runs', options: {} }] }))}`

  function report(name: string, times: number[], target: string): void {
    times.sort((a, b) => a - b)
    console.log(`${name.padEnd(34)} ${times[0]!.toFixed(0).padStart(6)} ${times[times.length >> 1]!.toFixed(0).padStart(6)}   ${target}`)
  }
  console.log(`${''.padEnd(34)} ${'min'.padStart(6)} ${'median'.padStart(6)}   target`)

  const opened = []
  for (let i = 0; i < ROUNDS; i++) {
    await page.goto('about:blank')
    const start = performance.now()
    await page.goto(address)
    await page.locator('td a').first().waitFor()
    opened.push(performance.now() - start)
  }
  report('opened anew', opened, '< 1000')
  // What opening took is above.
  await page.waitForTimeout(1500)

  /** From a click on a head until the sorted rows are drawn. */
  for (const [head, name] of [['Test accuracy', 'sorted by accuracy'], ['EGF₂', 'sorted by EGF₂ (10,000 values)'], ['Side', 'sorted by side'], ['BatchNorm', 'sorted by BatchNorm']] as const) {
    const times = []
    for (let i = 0; i < ROUNDS; i++) {
      times.push(await page.evaluate<number>(`new Promise((resolve) => {
        const th = [...document.querySelectorAll('th')].find(th => th.textContent.trim().startsWith('${head}'))
        const before = th.getAttribute('aria-sort')
        const start = performance.now()
        th.querySelector('button').click()
        const look = () => th.getAttribute('aria-sort') === before ? setTimeout(look) : requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
        look()
      })`))
      await page.waitForTimeout(150)
    }
    report(name, times, '< 100')
  }

  /** Tasks of 50 ms or more while the table is scrolled by so many pixels a frame. */
  const scroll = (pixels: number): Promise<number[]> => page.evaluate<number[]>(`new Promise((resolve) => {
    const long = []
    new PerformanceObserver(list => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] })
    const table = document.querySelector('.run-table')
    table.scrollTop = 0
    let frames = 0
    const step = () => {
      table.scrollTop += ${pixels}
      if (++frames < 200)
        requestAnimationFrame(step)
      else
        setTimeout(resolve, 300, long)
    }
    step()
  })`)
  for (const [pixels, name] of [[120, 'scrolled by a wheel'], [1500, 'scrolled by its bar']] as const) {
    const tasks = await scroll(pixels)
    console.log(`${name.padEnd(34)} ${(tasks.length ? Math.max(...tasks).toFixed(0) : '< 50').padStart(6)} (${tasks.length} tasks of 50 ms or more in 200 frames of ${pixels} pixels)   none`)
  }
  await browser.close()
  await server.close()
}
finally {
  await lab.stop()
  rmSync(folder, { recursive: true, force: true })
}
