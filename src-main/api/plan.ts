import { os } from './base'

export const plan = {
  stored: os.plan.stored.handler(({ context: { lab }, input }) => lab.reads.plan.stored(input)),
}
