import type { ComparedPair, SideValues } from '../statistics/cells'
import type { ImportedPair, ImportedRun } from './results'
import { incomplete } from '../statistics/cells'

/** An imported pair, for the table of cells; final accuracy and gradient flow are what the file gives. */
export function comparedPair({ treatment, capacity, seed, dense, sparse }: ImportedPair): ComparedPair {
  const states = [dense.state, sparse.state]
  const kind = incomplete.find(kind => states.includes(kind as never))
  return { treatment, capacity, seed, outcome: kind ? { kind } : { kind: 'complete', dense: valuesOf(dense), sparse: valuesOf(sparse) } }
}

function valuesOf({ measures }: ImportedRun): SideValues {
  const accuracy = measures['test.accuracy']
  return {
    accuracy: accuracy?.value ?? Number.NaN,
    correct: accuracy?.correct ?? Number.NaN,
    total: accuracy?.total ?? Number.NaN,
    egf1: measures.egf1?.value ?? Number.NaN,
    egf2: measures.egf2?.value ?? Number.NaN,
    // How many classes there are, a file does not say.
    collapsed: false,
  }
}
