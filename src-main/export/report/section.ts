import type { Facts } from './facts'
import type { Html } from './html'

/** A part of the report: a file in `sections`. */
export interface Section {
  readonly id: string
  readonly title: string
  /** Undefined where there is nothing to say. */
  readonly body: (facts: Facts) => Html | undefined | Promise<Html | undefined>
}
