import type { Lab } from '../lab/lab'
import type { RunningServer, ServerOptions } from '../server/server'
import { once } from 'node:events'
import { beginFirstLook } from '../lab/first-look'
import { openLab } from '../lab/lab'
import { reportDefect } from '../reads/report'
import { serve } from '../server/server'
import { countStates, listExperiments, runsOfExperiment } from '../store/experiments'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns } from '../store/runs'
import { onEnd } from './ends'
import { CommandEnd, exitCodes } from './exit'
import { Progress } from './progress'

export interface ServingOptions {
  readonly data: string
  readonly host: string
  /** 4317, or the next one that is free, if absent. */
  readonly port?: number
  readonly token?: string
  readonly allowedHosts?: readonly string[]
  /** The command as the user typed it, for who else wants the data directory. */
  readonly again: string
  /** Whether an empty data directory gets the first-look experiment. */
  readonly firstLook?: boolean
  /** Whether the terminal shows how training goes. */
  readonly showProgress?: boolean
}

/** Tells the user lines that stay. */
export type Say = (text: string) => void
type Started = (server: RunningServer, say: Say) => void | Promise<void>

const USUAL_PORT = 4317

/** Serves the app until a signal ends it; then workers finish their step, and all goes on at the next start. */
export async function serveApp(options: ServingOptions, started: Started): Promise<void> {
  const ending = new AbortController()
  const stopListening = onEnd(() => ending.abort(), () => process.exit(exitCodes.interrupted.code))
  const progress = options.showProgress ? new Progress() : undefined
  try {
    const lab = await openLab(options.data, options.again, { watch: update => progress?.update(update) })
    try {
      await serveLab(lab, options, started, progress, ending.signal)
    }
    finally {
      await lab.stop()
    }
  }
  finally {
    progress?.close()
    stopListening()
  }
}

async function serveLab(lab: Lab, { host, port, token, allowedHosts = [], firstLook }: ServingOptions, started: Started, progress: Progress | undefined, end: AbortSignal): Promise<void> {
  // What is written beside a live block would be drawn over.
  const say: Say = text => progress ? progress.say(text) : void process.stderr.write(`${text}\n`)
  if (progress)
    void follow(lab, progress, end).catch(reportDefect)
  if (firstLook)
    await beginFirstLook(lab)
  if (end.aborted)
    return
  const server = await listen(lab, port, {
    host,
    allowedHosts,
    ...token !== undefined && { token },
    spent: url => say(`For another browser: ${url}`),
  })
  await started(server, say)
  if (!end.aborted)
    await once(end, 'abort')
  progress?.close()
  process.stderr.write('Stopping after the running steps; training goes on at the next start...\n')
  await server.close()
}

/** Shows how all that is left to train goes, also what is added, removed or tried again meanwhile. */
async function follow({ store, changes }: Lab, progress: Progress, signal: AbortSignal): Promise<void> {
  const followed = new Set<number>()
  const show = (): void => {
    const all = listExperiments(store)
    const unfinished = all.filter(({ id }) => {
      const { waiting = 0, running = 0 } = countStates(store, id)
      return waiting + running > 0
    })
    if (unfinished.length && progress.isOver)
      followed.clear()
    unfinished.forEach(({ id }) => followed.add(id))
    const shown = all.flatMap(({ id }) => followed.has(id) ? [id] : [])
    progress.show(getRuns(store, shown.flatMap(id => runsOfExperiment(store, id))), shown.flatMap(id => pairsOfExperiment(store, id)))
  }
  show()
  for await (const { change } of changes.listen({ signal })) {
    if (change.kind === 'experiments' || change.kind === 'all')
      show()
  }
}

async function listen(lab: Lab, wanted: number | undefined, options: Omit<ServerOptions, 'port'>): Promise<RunningServer> {
  for (let port = wanted ?? USUAL_PORT; ; port++) {
    try {
      return await serve(lab, { ...options, port })
    }
    catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL')
        throw error
      if (wanted !== undefined || code !== 'EADDRINUSE' || port > USUAL_PORT + 100)
        throw new CommandEnd('invalid', `${options.host}:${port} cannot be listened on: ${reasons[code]}`)
    }
  }
}

const reasons = {
  EADDRINUSE: 'another program has this port; choose another with --port',
  EACCES: 'this port needs more rights; choose one above 1023 with --port',
  EADDRNOTAVAIL: 'this machine has no such address',
}
