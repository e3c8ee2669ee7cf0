import type { EngineRow } from '@shared/contract/system'
import type { AddCommand, GlobalOptions } from '..'
import type { Engine } from '../../engines/engine'
import type { Store } from '../../store/open'
import { day, densityPercent } from '@shared/format'
import { engines } from '../../engines'
import { engineRows } from '../../rows/engine-rows'
import { forgetCalibration, storeCalibration } from '../../store/calibrations'
import { DirectoryInUse } from '../../store/owner'
import { calibrationText } from '../calibration-text'
import { CommandEnd, LAB, typed } from '../exit'
import { optional, right, textTable, wrapped } from '../format'
import { readingIfSound } from '../reading'
import { owningStore } from '../training'

interface CalibrateOptions extends GlobalOptions {
  readonly dryRun?: boolean
  readonly reset?: boolean
}

export default ((program) => {
  const command = program.command('engines')
    .description('list what can train networks here and how, and why something cannot')
    .action(async (_, command) => {
      const { data, json } = command.optsWithGlobals() as GlobalOptions
      const rows = await readingIfSound(data, engineRows)
      process.stdout.write(`${json ? JSON.stringify(rows, null, 2) : listed(rows)}\n`)
    })

  command.command('calibrate')
    .argument('[engine]', `the one to measure: ${withCalibration()}`, 'native')
    .description('measure at which density sparse layers become faster than dense ones on this machine, and let new experiments follow it')
    .option('--dry-run', 'only measure and show')
    .option('--reset', 'go back to what is built in')
    .action(async (id: string, _, command) => {
      const { data, json, dryRun, reset } = command.optsWithGlobals() as CalibrateOptions
      if (dryRun && reset)
        command.error('error: --dry-run measures and --reset forgets: give one of them')
      const again = `${LAB} ${typed(process.argv.slice(2))}`
      if (reset)
        return owningHere(data, again, async store => void process.stdout.write(resetText(id, forgetCalibration(store, mustFind(id).id), json)))
      const engine = await mustCalibrate(id)
      if (dryRun)
        return void await measureAndShow(engine, json)
      // Owned before it is measured: what cannot be stored is not measured for nothing, and nothing is trained meanwhile.
      await owningHere(data, again, async (store) => {
        const measured = await measureAndShow(engine, json)
        storeCalibration(store, measured)
        const { sparseDensity } = measured.settings
        process.stderr.write(`Stored: runs of experiments that begin from now on use ${typeof sparseDensity === 'number' ? `the threshold ${densityPercent(sparseDensity)} %` : 'what was measured'}; those that have begun keep theirs.\n`)
      })
    })
}) satisfies AddCommand

function withCalibration(): string {
  return engines.members.filter(({ calibrate }) => calibrate).map(({ id }) => id).join(', ')
}

/** @throws CommandEnd */
function mustFind(id: string): Engine {
  if (!engines.ids.includes(id))
    throw new CommandEnd('invalid', `there is no engine '${id}'; there is ${engines.ids.join(', ')}`)
  return engines.get(id)
}

/** Another program that trains there can calibrate for itself. */
async function owningHere(data: string, command: string, action: (store: Store) => Promise<void>): Promise<void> {
  try {
    await owningStore(data, command, action)
  }
  catch (error) {
    if (error instanceof DirectoryInUse)
      throw new CommandEnd('data', `${error.message}. A window of it calibrates on its System screen; --dry-run measures without storing`)
    throw error
  }
}

/** @throws CommandEnd where there is nothing to measure */
async function mustCalibrate(id: string): Promise<Required<Pick<Engine, 'calibrate'>>> {
  const engine = mustFind(id)
  const found = await engine.availability()
  if (found.kind === 'unavailable')
    throw new CommandEnd('failed', `the engine '${id}' is not available: ${found.reason}`)
  const { calibrate } = engine
  if (!calibrate)
    throw new CommandEnd('invalid', `the engine '${id}' has nothing to calibrate; measured can be ${withCalibration()}`)
  return { calibrate }
}

async function measureAndShow({ calibrate }: Required<Pick<Engine, 'calibrate'>>, json: boolean) {
  process.stderr.write('Measuring steps of sparse and dense layers in turn; this takes some 20 s...\n')
  const measured = await calibrate(share => void (process.stderr.isTTY && process.stderr.write(share < 1 ? `\r${Math.round(100 * share)} % ` : '\r      \r')))
  process.stdout.write(`${json ? JSON.stringify(measured, null, 2) : calibrationText(measured)}\n`)
  process.stderr.write(`Measured in ${measured.seconds.toFixed(0)} s.\n`)
  return measured
}

function resetText(engine: string, wasThere: boolean, json: boolean): string {
  if (json)
    return `${JSON.stringify({ engine, reset: wasThere }, null, 2)}\n`
  return wasThere ? `New experiments on ${engine} use what is built in.\n` : `Nothing was stored for ${engine}: what is built in was used.\n`
}

function listed(rows: readonly EngineRow[]): string {
  const table = textTable(
    ['engine', 'state', 'device', 'instruction set', right('threads'), right('threshold\n%'), 'threshold is', right('GFLOP/s\ndense'), right('GFLOP/s\npeak'), optional('title')],
    rows.map(row => [row.id, ...row.kind === 'available' ? facts(row) : ['not available', '', '', '', '', '', '', ''], row.title]),
  )
  const remarks = rows.flatMap(({ id, calibrated, ...row }) => [
    ...row.kind === 'unavailable' ? [`${id} is not available: ${row.reason}.`] : [],
    ...calibrated.kind === 'unused' ? [`The calibration of ${id} is not used: it was measured ${calibrated.reason}. "${LAB} engines calibrate ${id}" measures anew.`] : [],
  ])
  return [table, ...remarks.length ? ['', ...remarks.map(wrapped)] : []].join('\n')
}

function facts({ device, newRuns, calibrated }: Extract<EngineRow, { kind: 'available' }>): string[] {
  const measured = calibrated.kind === 'used' ? calibrated.calibration : undefined
  const { sparseDensity, instructionSet, threads } = newRuns
  return [
    'available',
    device,
    typeof instructionSet === 'string' ? instructionSet : '',
    String(threads ?? 1),
    typeof sparseDensity === 'number' ? densityPercent(sparseDensity) : '',
    typeof sparseDensity === 'number' ? measured ? `calibrated ${day(measured.at)}` : 'built in' : '',
    measured ? measured.dense.toFixed(0) : '',
    measured ? measured.peak.toFixed(0) : '',
  ]
}
