import type { FromWorker, Outcome, ToWorker } from '@shared/runs/messages'
import { constants, setPriority } from 'node:os'
import process from 'node:process'
import { runAssignment } from './run'

/** The process that trains one run for main, and ends with it. */
let stopping = false

// Main is gone: nothing that this process does is wanted any more.
process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole process group; main says what is to be done.
process.on('SIGINT', () => {})

process.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'stop':
      stopping = true
      break
    case 'train':
      void runAssignment(message.assignment, send, () => stopping).then(end)
      break
  }
})

function send(message: FromWorker): Promise<void> {
  return new Promise((resolve, reject) => process.send!(message, undefined, undefined, error => error
    ? reject(error)
    : resolve()))
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
