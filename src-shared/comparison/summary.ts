import { z } from 'zod'
import { measures } from '../measures'
import { uncapitalised } from '../words'

/** Which number of a curve stands for its run. */
export const summary = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('last') }),
  /** At the epoch with the best validation accuracy; without a validation split the measure's own best. */
  z.object({ kind: z.literal('best') }),
  z.object({ kind: z.literal('epoch'), epoch: z.int().min(0) }),
  z.object({ kind: z.literal('meanOfLast'), epochs: z.int().min(1) }),
  /** Over the 11 epochs that are spread evenly over training (design §2). */
  z.object({ kind: z.literal('meanOfEleven') }),
])
export type Summary = z.infer<typeof summary>

/** As the paper reports it: of gradient flow the mean over 11 epochs, of everything else the last value. */
export function usualSummary(measure: string): Summary {
  return { kind: measures.get(measure).direction === 'neither' ? 'meanOfEleven' : 'last' }
}

/** "final", "at epoch 20": before the name of a measure, or after it. */
export function summaryInWords(summary: Summary): string {
  switch (summary.kind) {
    case 'last': return 'final'
    case 'best': return 'best on validation'
    case 'epoch': return `at epoch ${summary.epoch}`
    case 'meanOfLast': return summary.epochs === 1 ? 'final' : `mean of the last ${summary.epochs} epochs`
    case 'meanOfEleven': return 'mean over the 11 epochs'
  }
}

/** "Final test accuracy", "Effective gradient flow EGF₂, mean over the 11 epochs": a measure and which number of it. */
export function measureInWords(measure: string, summary: Summary): string {
  const { label } = measures.get(measure)
  const words = summaryInWords(summary)
  if (words === 'final')
    return `Final ${uncapitalised(label)}`
  return summary.kind === 'epoch' ? `${label} ${words}` : `${label}, ${words}`
}

/**
 * The same of a measure of runs that may have no validation split, for which its own best stands: "best on test".
 * @param heldOut whether a validation split was held out, of all runs, of none or of some
 */
export function summaryOfMeasure(measure: string, summary: Summary, heldOut: 'all' | 'none' | 'some'): string {
  if (summary.kind !== 'best' || heldOut === 'all')
    return summaryInWords(summary)
  const own = measures.get(measure).direction === 'neither' ? 'final' : measure.startsWith('test.') ? 'best on test' : 'its own best'
  return heldOut === 'none' ? own : `best on validation, ${own} where there is none`
}
