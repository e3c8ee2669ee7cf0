import type { AddCommand, GlobalOptions } from '..'
import { runStates } from '@shared/runs/state'
import { countStates, listExperiments } from '../../store/experiments'
import { right, textTable } from '../format'
import { readingIfAny } from '../reading'

export default ((program) => {
  program.command('list')
    .description('list the stored experiments')
    .action(async (_, command) => {
      const { data, json } = command.optsWithGlobals() as GlobalOptions
      const experiments = await readingIfAny(data, store => store
        ? listExperiments(store).map(({ slug, experiment, engine, createdAt, id }) => ({
            slug,
            ...experiment,
            engine,
            createdAt,
            states: countStates(store, id),
          }))
        : [])
      if (json) {
        process.stdout.write(`${JSON.stringify(experiments.map(({ slug, name, question, engine, createdAt, states }) => ({
          experiment: slug,
          name,
          question,
          engine,
          createdAt,
          runs: states,
        })), null, 2)}\n`)
        return
      }
      if (experiments.length === 0) {
        process.stdout.write(`Nothing is stored in ${data} yet. "npm run lab -- presets" lists experiments to start with.\n`)
        return
      }
      process.stdout.write(`${textTable(
        [
          'experiment',
          'question',
          'varies',
          right('W'),
          right('seeds'),
          right('runs'),
          'state',
          'engine',
        ],
        experiments.map(({ slug, question, factors, capacities, seeds, states, engine }) => [
          slug,
          question,
          factors.map(({ name, levels }) => `${name} ${levels.length}`).join(', '),
          String(capacities.length),
          String(seeds.length),
          String(Object.values(states).reduce((sum, n) => sum + n, 0)),
          runStates.filter(state => states[state]).map(state => `${states[state]} ${state}`).join(', '),
          engine,
        ]),
      )}\n`)
    })
}) satisfies AddCommand
