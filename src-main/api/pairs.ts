import { os } from './base'

export const pairs = {
  get: os.pairs.get.handler(({ context: { lab }, input }) => lab.reads.pairs.get(input)),
}
