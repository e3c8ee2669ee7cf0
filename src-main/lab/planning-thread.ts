/** The thread that plans one experiment, and tells the plan part by part as it is asked. */

import type { Experiment } from '@shared/experiment/schema'
import { parentPort, workerData } from 'node:worker_threads'
import { planInParts } from './planning'

const parts = planInParts(workerData as Experiment)
parentPort!.on('message', async () => parentPort!.postMessage(await parts.next()))
