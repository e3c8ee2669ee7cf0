import { os } from './base'

export const plan = {
  outlook: os.plan.outlook.handler(({ context: { lab }, input }) => lab.reads.plan.outlook(input)),
}
