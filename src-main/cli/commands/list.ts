import type { AddCommand, GlobalOptions } from '..'
import { treatmentsOf } from '@shared/plan/treatments'
import { runStates } from '@shared/runs/state'
import { countStates, listExperiments, unreadableExperiments } from '../../store/experiments'
import { listImports } from '../../store/imports'
import { isOwned } from '../../store/owner'
import { LAB } from '../exit'
import { moment, optional, right, textTable } from '../format'
import { readingIfAny } from '../reading'
import { countsNow } from '../run-state'
import { importsTable, importSummary } from '../show-import'

export default ((program) => {
  program.command('list')
    .description('list the stored experiments and imports')
    .action(async (_, command) => {
      const { data, json } = command.optsWithGlobals() as GlobalOptions
      const look = { json, isTraining: isOwned(data) }
      const { experiments, imports, unreadable } = await readingIfAny(data, store => ({
        experiments: store ? listExperiments(store).map(stored => ({ ...stored, states: countsNow(countStates(store, stored.id), look) })) : [],
        imports: store ? listImports(store).map(stored => importSummary(store, stored)) : [],
        unreadable: store ? unreadableExperiments(store) : [],
      }))
      for (const sentence of unreadable)
        process.stderr.write(`${sentence}\n`)
      if (json) {
        process.stdout.write(`${JSON.stringify([...experiments.map(({ slug, experiment: { name, question, factors, capacities, seeds }, engine, createdAt, states }) => ({
          experiment: slug,
          name,
          question,
          varies: factors.map(({ name, role, levels }) => ({ factor: name, role, levels: levels.map(({ name }) => name) })),
          capacities,
          seeds,
          engine,
          createdAt,
          runs: states,
        })), ...imports], null, 2)}\n`)
        return
      }
      if (experiments.length === 0 && imports.length === 0 && unreadable.length === 0) {
        process.stdout.write(`Nothing is stored in ${data} yet. "${LAB} presets" lists experiments to start with.\n`)
        return
      }
      const table = textTable(
        ['experiment', 'varies', 'W', right('seeds'), right('epochs'), right('runs'), 'state', 'engine', 'created', optional('question')],
        experiments.map(({ slug, experiment, states, engine, createdAt }) => [
          slug,
          experiment.factors.map(({ name, levels }) => `${name} ${levels.length}`).join(', '),
          experiment.capacities.join(', '),
          String(experiment.seeds.length),
          [...new Set(treatmentsOf(experiment).map(({ configuration }) => configuration.dense['training.epochs']))].join(', '),
          String(Object.values(states).reduce((sum, n) => sum + n, 0)),
          runStates.filter(state => states[state]).map(state => `${states[state]} ${state}`).join(', '),
          engine,
          moment(createdAt),
          experiment.question,
        ]),
      )
      const tables = [...experiments.length || !imports.length ? [table] : [], ...imports.length ? [importsTable(imports)] : []]
      process.stdout.write(`${tables.join('\n\n')}\n`)
    })
}) satisfies AddCommand
