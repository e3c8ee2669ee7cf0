const signals = ['SIGINT', 'SIGTERM', 'disconnect'] as const

/** A batch system may send the same signal twice: to the process, and to its group. */
const ONE_SIGNAL_MS = 1000

/**
 * Listens to all that ends a program: signals, the end of whoever started it with a channel, and a terminal that is
 * gone, an ssh connection's say. What writes elsewhere than to a terminal, as under nohup, outlives that.
 * @param stop told once
 * @param endAtOnce told when a later signal shows that this takes too long
 * @returns how to listen no more; a channel that is listened to keeps a process alive
 */
export function onEnd(stop: () => void, endAtOnce: () => void): () => void {
  let since: number | undefined
  const listener = (): void => {
    if (since === undefined) {
      since = performance.now()
      stop()
    }
    else if (performance.now() - since > ONE_SIGNAL_MS) {
      endAtOnce()
    }
  }
  const hangUp = process.stderr.isTTY ? listener : () => {}
  // Whatever is still said to a terminal that is gone.
  process.stderr.on('error', () => {})
  process.on('SIGHUP', hangUp)
  for (const signal of signals)
    process.on(signal, listener)
  return () => {
    process.off('SIGHUP', hangUp)
    for (const signal of signals)
      process.off(signal, listener)
  }
}
