import type { Calibration } from '@shared/calibration/calibration'
import { busyInWords, wasBusy } from '@shared/calibration/calibration'
import { densityPercent } from '@shared/format'
import { integer } from '@shared/words'
import { right, textTable } from './format'

/** Characters of the text plot. */
const WIDTH = 48

/** What was measured: the curve as a table with a bar for each density, and what follows. */
export function calibrationText(measured: Calibration): string {
  const { layer, curve, peak, dense, denseNetwork, breakEven, device, measuredWith } = measured
  return [
    `${[device, ...Object.values(measuredWith)].join(', ')}: a layer of ${integer(layer.outputs)} x ${integer(layer.inputs)} in a training step of ${layer.batchSize} examples, ms`,
    '',
    textTable(
      [right('density %'), right('active\nonly'), right('dense,\nmasked'), right('times\nfaster'), `\n${'time against dense'.padEnd(WIDTH)}`],
      curve.map(({ density, sparse, masked }) => [densityPercent(density), milliseconds(sparse), milliseconds(masked), (masked / sparse).toFixed(masked / sparse < 10 ? 2 : 1), bar(sparse / masked)]),
    ),
    '',
    `Break-even at a density of ${densityPercent(breakEven)} %.`,
    `Dense training steps of ${denseNetwork}: ${dense.toFixed(0)} GFLOP/s, ${(100 * dense / peak).toFixed(0)} % of the ${peak.toFixed(0)} GFLOP/s that one thread's multiply-adds reach.`,
    ...wasBusy(measured) ? [`These are figures of a busy machine, ${busyInWords(measured)}.`] : [],
  ].join('\n')
}

/** As long as its share of the dense product's time, which a bar marks. */
function bar(share: number): string {
  const full = Math.round(Math.min(share, 1.4) * WIDTH / 1.4)
  const dense = Math.round(WIDTH / 1.4)
  return Array.from({ length: Math.max(full, dense + 1) }, (_, i) => i === dense ? '|' : i < full ? '=' : ' ').join('')
}

function milliseconds(seconds: number): string {
  return (1000 * seconds).toFixed(3)
}
