import type { Token } from './tokens'

/** What is wrong with a filter's text. */
export interface WrongFilter {
  readonly kind: 'wrong'
  /** The first of the characters that are wrong, from 0. */
  readonly at: number
  /** How many; at least one. */
  readonly length: number
  /** What is wrong and what would be right; no capital, no full stop. */
  readonly message: string
  /** What those characters were probably to be. */
  readonly suggestion?: string
}

/** Ends the reading of a filter; `parseFilter` makes it an outcome. */
export class Wrong extends Error {
  /** @param unfinished whether something is only missing at the end */
  constructor(readonly outcome: WrongFilter, readonly unfinished: boolean) {
    super(outcome.message)
  }
}

/** Pieces that are wrong as they are. */
export function wrong({ at, length }: Pick<Token, 'at' | 'length'>, message: string, suggestion?: string): Wrong {
  return new Wrong({ kind: 'wrong', at, length, message, ...suggestion !== undefined && { suggestion } }, false)
}

/** The piece after which the text ends too early. */
export function unfinished({ at, length }: Pick<Token, 'at' | 'length'>, message: string): Wrong {
  return new Wrong({ kind: 'wrong', at, length, message }, true)
}
