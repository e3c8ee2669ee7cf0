import type { Lab } from '../lab/lab'
import type { RunningServer, ServerOptions } from '../server/server'
import { beginFirstLook } from '../lab/first-look'
import { openLab } from '../lab/lab'
import { serve } from '../server/server'
import { countStates, listExperiments, runsOfExperiment } from '../store/experiments'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns } from '../store/runs'
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

const USUAL_PORT = 4317

/** Serves the app until a signal ends it; then workers finish their step, and all goes on at the next start. */
export async function serveApp({ data, host, port, token, allowedHosts = [], again, firstLook = false, showProgress = false }: ServingOptions, started: (server: RunningServer) => void | Promise<void>): Promise<void> {
  let progress: Progress | undefined
  const lab = await openLab(data, again, { watch: update => progress?.update(update) })
  try {
    if (firstLook)
      await beginFirstLook(lab)
    if (showProgress)
      progress = progressOf(lab)
    const server = await listen(lab, port, {
      host,
      allowedHosts,
      ...token !== undefined && { token },
      spent: url => process.stderr.write(`For another browser: ${url}\n`),
    })
    await started(server)
    await interruption()
    progress?.close()
    process.stderr.write('Stopping after the running steps; training goes on at the next start...\n')
    await server.close()
  }
  finally {
    await lab.stop()
  }
}

/** Of every run that is not finished yet; absent where there is none. */
function progressOf({ store }: Lab): Progress | undefined {
  const experiments = listExperiments(store).filter(({ id }) => {
    const { waiting = 0, running = 0 } = countStates(store, id)
    return waiting + running > 0
  })
  if (experiments.length === 0)
    return undefined
  const runs = getRuns(store, experiments.flatMap(({ id }) => runsOfExperiment(store, id)))
  return new Progress(runs, experiments.flatMap(({ id }) => pairsOfExperiment(store, id)))
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

/** The first signal, or the end of whoever started this. */
function interruption(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM', 'disconnect'] as const
  return new Promise((resolve) => {
    const end = (): void => {
      // A listener on the channel would keep this process alive.
      for (const signal of signals)
        process.off(signal, end)
      // The same signal may come twice, to the process and to its group; a second one later ends at once.
      setTimeout(() => process.once('SIGINT', () => process.exit(exitCodes.interrupted.code)), 1000).unref()
      resolve()
    }
    for (const signal of signals)
      process.on(signal, end)
  })
}
