export interface Time { readonly minimum: number, readonly median: number }

/** Wall time, or this thread's share of a core: on a busy machine a long step never has one for itself. */
export type Clock = 'wall' | 'cpu'

const clocks: Readonly<Record<Clock, () => number>> = {
  wall: () => performance.now(),
  cpu: () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  },
}

/** Milliseconds below which the kernel's count of a thread's time is too coarse. */
const COARSE: Readonly<Record<Clock, number>> = { wall: 0, cpu: 50 }

/** Milliseconds of an action, called in turn with the others, so that what else the machine does meets all alike. */
export function timeInTurn(actions: readonly (() => void)[], rounds: number, clock: Clock): Time[] {
  const now = clocks[clock]
  const once = (action: () => void, times: number): number => {
    const start = now()
    for (let i = 0; i < times; i++)
      action()
    return (now() - start) / times
  }
  const repeats = actions.map((action) => {
    action()
    const start = performance.now()
    action()
    return Math.ceil(COARSE[clock] / (performance.now() - start)) || 1
  })
  const taken = actions.map((): number[] => [])
  for (let round = 0; round < rounds; round++)
    actions.forEach((action, i) => taken[i]!.push(once(action, repeats[i]!)))
  return taken.map((times) => {
    times.sort((a, b) => a - b)
    return { minimum: times[0]!, median: times[Math.floor(rounds / 2)]! }
  })
}
