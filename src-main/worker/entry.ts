import type { FromWorker, Outcome, ToWorker } from '@shared/runs/messages'
import { constants, setPriority } from 'node:os'
import process from 'node:process'

/** The process that trains one run for main, and ends with it. */
let stopping = false

// Before anything that takes time: a signal to the whole process group (Ctrl-C, a batch system) is main's to answer.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('SIGHUP', () => {})
// Main is gone: nothing that this process does is wanted any more.
process.on('disconnect', () => process.exit(0))

/** How often main hears that this process lives, in milliseconds. */
const ALIVE_EVERY = 15_000

const training = import('./run')

process.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'prepare':
      void training.then(({ prepare }) => prepare(message.preparation))
      break
    case 'train':
      setInterval(() => void send({ type: 'alive' }), ALIVE_EVERY)
      void training.then(({ runAssignment }) => runAssignment(message.assignment, send, () => stopping)).then(end)
      break
    case 'stop':
      stopping = true
      break
  }
})

function send(message: FromWorker): Promise<void> {
  return new Promise((resolve, reject) => process.send!(message, undefined, undefined, error => error ? reject(error) : resolve()))
}

async function end(outcome: Outcome): Promise<void> {
  await send({ type: 'ended', outcome })
  process.disconnect()
}

try {
  // The person at the machine comes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
}
catch {}
