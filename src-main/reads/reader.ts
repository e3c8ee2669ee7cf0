import type { ClientContext } from '@orpc/client'
import type { Reads } from './index'
import type { ReaderData } from './thread'
import { MessageChannel, Worker } from 'node:worker_threads'
import { createORPCClient, DynamicLink, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { conflict } from './errors'
import { reportDefect } from './report'

const ENDING = 'The program is ending'

/** Answers what is asked of the store. */
export interface Reader {
  readonly reads: Reads
  readonly close: () => Promise<void>
}

/**
 * Reads a data directory's store in a thread. A thread that ends unasked takes its questions with it, as errors that say
 * why; the next question starts another.
 * @param file the built `thread.ts`
 */
export function startReader(file: string, dataDirectory: string): Reader {
  let current: Thread | undefined
  let isClosed = false
  const begin = (): Thread => {
    const thread = startThread(file, dataDirectory)
    void thread.ended.then(() => {
      if (current === thread)
        current = undefined
    })
    return thread
  }
  current = begin()
  return {
    reads: createORPCClient<Reads>(new DynamicLink(() => {
      if (isClosed)
        throw conflict(ENDING)
      return (current ??= begin()).link
    })),
    async close() {
      isClosed = true
      await current?.close()
    },
  }
}

type Thread = ReturnType<typeof startThread>

function startThread(file: string, dataDirectory: string) {
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(file, { workerData: { dataDirectory, port: port2 } satisfies ReaderData, transferList: [port2] })
  let failure: Error | undefined
  worker.once('error', (error) => {
    failure = error as Error
    reportDefect(failure)
  })
  const ended = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  const link = new RPCLink<ClientContext>({
    port: port1 as never,
    interceptors: [async ({ next }) => {
      try {
        return await next()
      }
      catch (error) {
        if (error instanceof ORPCError)
          throw error
        await ended
        throw conflict(failure?.message ?? ENDING)
      }
    }],
  })
  port1.start()
  return {
    link,
    ended,
    async close(): Promise<void> {
      port1.close()
      await ended
    },
  }
}
