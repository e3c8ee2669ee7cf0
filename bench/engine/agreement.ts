/** Of a loss: far above what the order of sums changes in float32, far below what a wrong mask or update does. */
const TOLERANCE = 1e-4

/** A sentence where first losses are not those of our engine, or moved too little for the comparison to mean anything. */
export function disagreement(losses: readonly number[], ofOurs: readonly number[]): string | undefined {
  const moved = Math.abs(ofOurs.at(-1)! - ofOurs[0]!)
  if (!(moved > 20 * TOLERANCE * ofOurs[0]!))
    return `the loss of the native engine hardly moves (${inWords(ofOurs)}), so nothing shows that contestants train alike`
  const same = losses.length === ofOurs.length && losses.every((loss, i) => Math.abs(loss - ofOurs[i]!) <= TOLERANCE * Math.abs(ofOurs[i]!))
  return same ? undefined : `it trains something else: its losses are ${inWords(losses)}, the native engine's ${inWords(ofOurs)}`
}

function inWords(losses: readonly number[]): string {
  return losses.map(loss => loss.toPrecision(6)).join(', ')
}
