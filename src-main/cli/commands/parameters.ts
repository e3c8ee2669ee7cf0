import type { PlacedParameter } from '@shared/experiment/parameters'
import type { AddCommand, GlobalOptions } from '..'
import { expectation } from '@shared/experiment/parameter'
import { parameters, recordingParameters } from '@shared/experiment/parameters'
import { experimentSchema } from '@shared/experiment/schema'
import { z } from 'zod'

export default ((program) => {
  program.command('parameters')
    .description('list what an experiment file may set; with --json the JSON schema of such a file')
    .action((_, command) => {
      const { json } = command.optsWithGlobals() as GlobalOptions
      process.stdout.write(json
        ? `${JSON.stringify(z.toJSONSchema(experimentSchema, { io: 'input' }), null, 2)}\n`
        : `${[...Map.groupBy([...parameters.values(), ...recordingParameters.values()], ({ group }) => group)]
          .map(([group, ofGroup]) => `${group}\n${ofGroup.map(describe).join('\n')}`)
          .join('\n\n')}\n`)
    })
}) satisfies AddCommand

function describe({ path, title, help, unit, type, default: value, sides }: PlacedParameter): string {
  const facts = [
    expectation(type),
    ...unit ? [`in ${unit}`] : [],
    `default ${String(value)}`,
    ...sides === 'sparse' ? ['sparse side only'] : [],
  ]
  return `  ${path}  ${title}\n      ${help}\n      ${facts.join('; ')}`
}
