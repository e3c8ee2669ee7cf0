import { outcomesInWords } from '@shared/comparison/outcome'
import { measureInWords } from '@shared/comparison/summary'
import { describe, expect, it } from 'vitest'

describe('words of comparisons', () => {
  it('count every outcome that there is, and none that there is not', () => {
    expect(outcomesInWords({ pairs: 1, complete: 1 })).toBe('1 of 1 pair complete')
    expect(outcomesInWords({ pairs: 2000, complete: 1990, diverged: 4, failed: 3, cancelled: 0, unfinished: 2, unmeasured: 1, collapsed: { dense: 0, sparse: 5 } }))
      .toBe('1,990 of 2,000 pairs complete, 4 diverged, 3 failed, 2 unfinished, 1 unmeasured; collapsed, and kept: 5 sparse')
    expect(outcomesInWords({ pairs: 3, complete: 3, collapsed: { dense: 0, sparse: 0 } })).toBe('3 of 3 pairs complete')
  })

  it('say which number of a curve stands for its run', () => {
    expect(measureInWords('test.accuracy', { kind: 'last' })).toBe('Final test accuracy')
    expect(measureInWords('egf2', { kind: 'meanOfEleven' })).toBe('Effective gradient flow EGF₂, mean over the 11 epochs')
    expect(measureInWords('test.loss', { kind: 'epoch', epoch: 20 })).toBe('Test loss at epoch 20')
    expect(measureInWords('test.loss', { kind: 'meanOfLast', epochs: 1 })).toBe('Final test loss')
    expect(measureInWords('test.accuracy.subset', { kind: 'best' })).toBe('Test accuracy (fixed part), best on validation')
  })
})
