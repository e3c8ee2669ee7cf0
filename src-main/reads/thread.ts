/** The thread that answers what is asked of the store, by a connection of its own that cannot write. */

import type { MessagePort } from 'node:worker_threads'
import { workerData } from 'node:worker_threads'
import { onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { readStore } from '../store/open'
import { reads } from './index'
import { reportDefect } from './report'

export interface ReaderData {
  readonly dataDirectory: string
  readonly port: MessagePort
}

const { dataDirectory, port } = workerData as ReaderData
const store = readStore(dataDirectory)
port.once('close', () => store.close())
new RPCHandler(reads, { interceptors: [onError(reportDefect)] }).upgrade(port as never, { context: { store } })
port.start()
