import type { AddCommand, GlobalOptions } from '..'
import { datasets } from '@shared/datasets'
import { configure } from '@shared/experiment/parameters'
import { integer } from '@shared/words'
import { loadDataset } from '../../datasets'
import { DatasetProblem } from '../../datasets/loader'
import { right, textTable } from '../format'

export default ((program) => {
  program.command('datasets')
    .description('list the data sets, reading each to check it')
    .action(async (_, command) => {
      const { json } = command.optsWithGlobals() as GlobalOptions
      const rows = await Promise.all(datasets.members.map(async ({ id, title, licence, source, facts }) => ({
        id,
        title,
        licence,
        source,
        ...facts(configure()),
        state: await stateOf(id),
      })))
      process.stdout.write(json
        ? `${JSON.stringify(rows, null, 2)}\n`
        : `${textTable(
          [
            'data set',
            'title',
            right('train'),
            right('test'),
            right('classes'),
            right('shape'),
            'licence',
            'state',
          ],
          rows.map(({ id, title, train, test, classes, shape, licence, state }) => [
            id,
            title,
            integer(train),
            integer(test),
            String(classes.length),
            shape.join(' x '),
            licence,
            state,
          ]),
        )}\n`)
    })
}) satisfies AddCommand

async function stateOf(id: string): Promise<string> {
  try {
    await loadDataset(id, configure())
    return 'sound'
  }
  catch (error) {
    if (error instanceof DatasetProblem)
      return error.message
    throw error
  }
}
