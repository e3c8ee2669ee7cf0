/** The slowest, so that what is trained can be watched. */
const engine = 'wasm'

const base = {
  data: { dataset: 'synthetic' },
  network: { maximumWidth: 40 },
  training: { epochs: 30, batchSize: 64 },
}

/** 1 treatment x 1 capacity x 2 seeds x 2 sides = 4 runs of a second or two. */
export const small = {
  name: 'Small',
  question: 'Does a sparse network learn?',
  base,
  capacities: [12],
  seeds: [1, 2],
  recording: { checkpoint: 1 },
  engine,
}

/** 2 treatments x 2 capacities x 1 seed x 2 sides = 8 runs, some of which diverge; names as long as they come. */
export const troubled = {
  name: 'Troubled',
  question: 'What do networks do at learning rates that nobody who has read the literature of the last thirty years would choose, and what does the table do?',
  base: { ...base, training: { epochs: 4, batchSize: 64 } },
  factors: [{ name: 'Learning rate', levels: [{ name: 'usual' }, { name: 'a hundred thousand million times that', set: { 'training.learningRate': 1e10 } }] }],
  capacities: [12, 24],
  seeds: [1],
  engine,
}

/** 1 treatment x 1 capacity x 2 seeds x 2 sides = 4 runs that last longer than any test. */
export const long = {
  name: 'Long',
  base: { ...base, training: { epochs: 100_000, batchSize: 64 } },
  capacities: [12],
  seeds: [1, 2],
  // One that is left out because it comes soon after another would be left out by chance.
  recording: { keep: 'all' },
  engine,
}

/** 4 treatments x 3 capacities x 5 seeds x 2 sides = 120 runs of a moment each, on whatever engine is best here. */
export const study = {
  name: 'Study',
  question: 'Does BatchNorm help sparse networks more, whatever the optimizer?',
  base: { ...base, training: { epochs: 3, batchSize: 64 } },
  factors: [
    { name: 'optimizer', levels: [{ name: 'sgd' }, { name: 'adam', set: { 'training.optimizer': 'adam', 'training.learningRate': 0.01 } }] },
    { name: 'BatchNorm', levels: [{ name: 'NR' }, { name: 'BN', set: { 'network.batchNorm': true } }] },
  ],
  capacities: [4, 12, 24],
  seeds: [1, 2, 3, 4, 5],
}
