import { queueView } from '../lab/queue-view'
import { os } from './base'

export const queue = {
  get: os.queue.get.handler(({ context: { lab } }) => queueView(lab)),

  pause: os.queue.pause.handler(async ({ context: { lab } }) => {
    await lab.pauseQueue()
    return { changed: 1 }
  }),

  resume: os.queue.resume.handler(({ context: { lab } }) => {
    lab.resumeQueue()
    return { changed: 1 }
  }),

  setConcurrency: os.queue.setConcurrency.handler(({ context: { lab }, input: { concurrency } }) => {
    lab.setConcurrency(concurrency)
    return { changed: 1 }
  }),
}
