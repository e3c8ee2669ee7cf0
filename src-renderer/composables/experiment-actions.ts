import type { ExperimentRow } from '@shared/contract/rows'
import { useToast } from '@nuxt/ui/composables'
import { plural } from '@shared/words'
import { useRouter } from 'vue-router'
import { api, connection } from '../api/client'
import { problemOf } from '../api/live'

/** Its parts, each with an address of its own. */
export const experimentTabs = [
  { value: 'overview', label: 'Overview' },
  { value: 'pairs', label: 'Pairs' },
  { value: 'runs', label: 'Runs' },
  { value: 'design', label: 'Design' },
  { value: 'report', label: 'Report' },
  { value: 'export', label: 'Export' },
]

/** What can be done with an experiment, as menu items; failures are told. */
export function useExperimentActions() {
  const toast = useToast()
  const router = useRouter()

  /** Does it, and says so where it cannot be done. */
  async function attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action()
    }
    catch (error) {
      toast.add({ title: 'That could not be done', description: connection.value === 'open' ? problemOf(error).message : 'The program does not answer.', color: 'error', icon: 'i-lucide-triangle-alert' })
    }
  }

  async function cancel({ slug }: ExperimentRow): Promise<void> {
    await attempt(async () => {
      const { runs } = await api.experiments.cancel({ slug })
      toast.add({ title: `${plural(runs.length, 'run')} cancelled`, actions: [{ label: 'Train them after all', onClick: () => void attempt(() => api.experiments.retry({ slug, runs })) }] })
    })
  }

  async function remove({ slug, name }: ExperimentRow): Promise<void> {
    await attempt(async () => {
      await api.experiments.remove({ slug })
      await router.push('/')
      toast.add({
        title: `${name} deleted`,
        description: 'It can be brought back until the program ends.',
        icon: 'i-lucide-trash-2',
        duration: 15_000,
        actions: [{ label: 'Undo', onClick: () => void attempt(() => api.experiments.restore({ slug })) }],
      })
    })
  }

  function pauseOrResume({ slug, paused }: ExperimentRow): Promise<void> {
    return attempt(() => paused ? api.experiments.resume({ slug }) : api.experiments.pause({ slug }))
  }

  function itemsFor(row: ExperimentRow) {
    const { slug, paused, states } = row
    const isOpen = states.waiting + states.running > 0
    return [
      [
        ...isOpen ? [{ label: paused ? 'Go on' : 'Pause', icon: paused ? 'i-lucide-play' : 'i-lucide-pause', onSelect: () => void pauseOrResume(row) }] : [],
        ...states.failed + states.cancelled > 0 ? [{ label: `Retry ${plural(states.failed + states.cancelled, 'run')}`, icon: 'i-lucide-rotate-ccw', onSelect: () => void attempt(() => api.experiments.retry({ slug })) }] : [],
        { label: 'Change a copy', icon: 'i-lucide-copy-plus', to: { name: 'new', query: { from: slug } } },
        { label: 'Report', icon: 'i-lucide-file-text', to: { name: 'experiment', params: { slug, tab: 'report' } } },
        { label: 'Export', icon: 'i-lucide-download', to: { name: 'experiment', params: { slug, tab: 'export' } } },
      ],
      [
        ...isOpen ? [{ label: `Cancel ${plural(states.waiting + states.running, 'run')}`, icon: 'i-lucide-ban', onSelect: () => void cancel(row) }] : [],
        { label: 'Delete', icon: 'i-lucide-trash-2', color: 'error' as const, onSelect: () => void remove(row) },
      ],
    ]
  }

  return { attempt, itemsFor, pauseOrResume }
}
