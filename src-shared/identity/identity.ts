import type { Value } from '../experiment/parameter'
import type { Nested } from '../experiment/parameters'
import type { RunSpecification } from '../plan/specification'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import { nest, parameters } from '../experiment/parameters'

/**
 * Version of what every run has in common: standardisation, splits, loss, BatchNorm, data order, measures' probe.
 * Raised when one of them changes what a run computes.
 */
const METHOD = 1

/**
 * What determines a run's result but the engine (design §2, *Identity*): parameters at their frozen default and
 * parameters that do not apply are left out; every member in use appears with its version; derived values appear
 * by value. Names, cadences and the engine are no part of it.
 */
export function identityDocument(run: RunSpecification): object {
  const chosen: Record<string, Value | Nested> = {}
  for (const [path, value] of Object.entries(run.settings)) {
    const parameter = parameters.get(path)!
    if (parameter.family) {
      const { version } = parameter.family.get(String(value))
      if (!(parameter.addedLater && value === parameter.default && version === 1))
        chosen[path] = { id: value, version }
    }
    else if (parameter.identity !== 'derived' && value !== parameter.default) {
      chosen[path] = value
    }
  }
  const sparse = run.streams.side === 'sparse'
  return {
    method: METHOD,
    content: run.data.content,
    trainExamples: run.trainExamples,
    widths: run.widths,
    ...sparse && { activeWeights: run.layers.map(({ activeWeights }) => activeWeights) },
    ...nest(chosen),
    streams: run.streams,
    ...run.startsFrom && { startsFrom: run.startsFrom },
  }
}

/** The identity: SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of the identity document. */
export function identityOf(run: RunSpecification): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalize(identityDocument(run))!)))
}
