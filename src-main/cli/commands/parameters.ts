import type { PlacedParameter } from '@shared/experiment/parameters'
import type { AddCommand, GlobalOptions } from '..'
import { conditionInWords, expectation } from '@shared/experiment/parameter'
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
        : `${[
          'In "base" of an experiment file, nested; in a factor\'s levels and after --set by their path:',
          ...inGroups([...parameters.values()]),
          'In "recording" of an experiment file; they change what is stored, never what is trained:',
          ...inGroups([...recordingParameters.values()]),
          'docs/experiment-file.md describes the whole file.',
        ].join('\n\n')}\n`)
    })
}) satisfies AddCommand

function inGroups(parameters: readonly PlacedParameter[]): string[] {
  return [...Map.groupBy(parameters, ({ group }) => group)]
    .map(([group, ofGroup]) => `${group}\n${ofGroup.map(describe).join('\n')}`)
}

function describe(parameter: PlacedParameter): string {
  const { path, title, help, unit, type, default: value, sides } = parameter
  const facts = [
    expectation(type),
    ...unit ? [`in ${unit}`] : [],
    `default ${String(value)}`,
    ...sides === 'sparse' ? ['sparse side only'] : [],
    conditionInWords(parameter) ?? [],
  ].flat()
  return `  ${path}  ${title}\n      ${help}\n      ${facts.join('; ')}`
}
