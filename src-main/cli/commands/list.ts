import type { AddCommand, GlobalOptions } from '..'
import { treatmentsOf } from '@shared/plan/treatments'
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
        ? listExperiments(store).map(stored => ({ ...stored, states: countStates(store, stored.id) }))
        : [])
      if (json) {
        process.stdout.write(`${JSON.stringify(experiments.map(({ slug, experiment: { name, question, capacities, seeds }, engine, createdAt, states }) => ({
          experiment: slug,
          name,
          question,
          capacities,
          seeds,
          engine,
          createdAt,
          runs: states,
        })), null, 2)}\n`)
        return
      }
      if (experiments.length === 0) {
        process.stdout.write(`Nothing is stored in ${data} yet. "npm run -s lab -- presets" lists experiments to start with.\n`)
        return
      }
      process.stdout.write(`${textTable(
        ['experiment', 'varies', 'W', right('seeds'), right('epochs'), right('runs'), 'state', 'engine', 'created', 'question'],
        experiments.map(({ slug, experiment, states, engine, createdAt }) => [
          slug,
          experiment.factors.map(({ name, levels }) => `${name} ${levels.length}`).join(', '),
          experiment.capacities.join(', '),
          String(experiment.seeds.length),
          [...new Set(treatmentsOf(experiment).map(({ configuration }) => configuration.dense['training.epochs']))].join(', '),
          String(Object.values(states).reduce((sum, n) => sum + n, 0)),
          runStates.filter(state => states[state]).map(state => `${states[state]} ${state}`).join(', '),
          engine,
          `${createdAt.toLocaleDateString('sv')} ${createdAt.toLocaleTimeString('sv', { timeStyle: 'short' })}`,
          experiment.question,
        ]),
      )}\n`)
    })
}) satisfies AddCommand
