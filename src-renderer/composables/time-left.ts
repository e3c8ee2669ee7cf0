import { roughDuration } from '@shared/format'
import { useQueue } from '../stores/queue'

/** "about 3 min left", of runs that take so long one after the other. */
export function useTimeLeft() {
  const queue = useQueue()
  return (seconds: number | null, runs: number): string | undefined => {
    const { paused, blocked, concurrency } = queue.value ?? {}
    return seconds === null || !concurrency || paused || blocked ? undefined : `${roughDuration(seconds / Math.min(concurrency, runs))} left`
  }
}
