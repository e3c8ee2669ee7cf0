const signals = ['SIGINT', 'SIGTERM', 'disconnect'] as const

/**
 * Listens to all that ends a program: signals, the end of whoever started it with a channel, and a terminal that is
 * gone, an ssh connection's say. What writes elsewhere than to a terminal, as under nohup, outlives that.
 * @returns how to listen no more
 */
export function onEnd(listener: () => void): () => void {
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
