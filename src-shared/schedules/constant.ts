import type { Schedule } from '.'

export default {
  id: 'constant',
  version: 1,
  title: 'Constant',
  help: 'The same learning rate in every step.',
  factor: () => 1,
} satisfies Schedule
