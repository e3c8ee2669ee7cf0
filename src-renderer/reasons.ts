import type { RunState } from '@shared/runs/state'

/** Why a run failed, or waits: what matters first. */
export interface Reason {
  /** What went wrong: the log's own error where it has one. */
  readonly headline: string
  /** How that showed, where the headline does not say it. */
  readonly detail?: string
  /** The last lines that its worker wrote. */
  readonly log: readonly string[]
}

/** Reads a state's reason ("..., saying: line / line") or an event ("...\nline\nline"). */
export function reasonOf(text: string): Reason {
  const [sentence = '', ...rest] = text.split(/, saying: |\n/)
  const log = rest.join(' / ').split(' / ').filter(line => line.trim() !== '')
  const error = log.find(line => /^\s*(?:\w*Error|\w*Exception)\b/.test(line))?.trim()
  return error === undefined ? { headline: sentence, log } : { headline: error, detail: sentence, log }
}

export function reasonOfState(state: RunState): Reason | undefined {
  return 'reason' in state && state.reason !== undefined ? reasonOf(state.reason) : undefined
}

/** What one can do about it. */
export function remedyOf({ headline, detail = '' }: Reason): string {
  const text = `${headline} ${detail}`
  if (/memory|out of bounds|allocat|killed|exit code 137/i.test(text))
    return 'It probably needed more memory than there was: let fewer runs train at once, or plan narrower networks, then retry.'
  if (/ENOSPC|disk|space/i.test(text))
    return 'Make room on the disk, then retry.'
  return 'Retry trains it again from its last checkpoint; what its worker wrote is below.'
}
