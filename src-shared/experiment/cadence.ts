import type { Recording } from './parameters'

/** The epochs whose mean is reported (design §2): ceil(k E / 11), k = 1 .. 11; all epochs if there are fewer. */
export function elevenEpochs(epochs: number): number[] {
  return [...new Set(Array.from({ length: 11 }, (_, k) => Math.ceil((k + 1) * epochs / 11)))]
}

/** Epochs after which gradient flow is measured; 0 is before the first step. */
export function gradientFlowEpochs({ 'recording.gradientFlow': every }: Recording, epochs: number): Set<number> {
  return new Set([0, ...elevenEpochs(epochs), ...multiples(every, epochs)])
}

/** Epochs after which the whole test set is measured. */
export function testEpochs({ 'recording.test': every }: Recording, epochs: number): Set<number> {
  return new Set([...multiples(every, epochs), epochs])
}

/** How many those epochs are; it takes as long for any number of epochs. */
export function countEpochs({ 'recording.gradientFlow': flow, 'recording.test': test }: Recording, epochs: number): { gradientFlow: number, test: number } {
  return { gradientFlow: 1 + countWith(elevenEpochs(epochs), flow, epochs), test: countWith([epochs], test, epochs) }
}

/** Epochs after which a checkpoint is written. */
export function checkpointEpochs({ 'recording.checkpoint': every }: Recording, epochs: number): Set<number> {
  return new Set([...multiples(every, epochs), epochs])
}

/** Whether what one recording stores holds everything that another asks for. */
export function contains(stored: Recording, needed: Recording, epochs: number): boolean {
  return gradientFlowEpochs(needed, epochs).isSubsetOf(gradientFlowEpochs(stored, epochs))
    && testEpochs(needed, epochs).isSubsetOf(testEpochs(stored, epochs))
}

/** Of some epochs and the multiples, each once. */
function countWith(some: readonly number[], every: number | string, epochs: number): number {
  return typeof every === 'number'
    ? Math.floor(epochs / every) + some.filter(epoch => epoch % every !== 0).length
    : some.length
}

function multiples(every: number | string, epochs: number): number[] {
  return typeof every === 'number'
    ? Array.from({ length: Math.floor(epochs / every) }, (_, i) => (i + 1) * every)
    : []
}
