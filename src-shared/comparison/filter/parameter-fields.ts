import type { z } from 'zod'
import type { PlacedParameter } from '../../experiment/parameters'
import type { Field } from './field'
import { kindOf } from '../../experiment/kind'
import { parameters } from '../../experiment/parameters'

/** What people call parameters beside their own names. */
export const wellKnown: Readonly<Record<string, readonly string[]>> = {
  'data.dataset': ['data'],
  'network.mlp.hiddenLayers': ['depth'],
  'network.maximumWidth': ['N'],
  'network.batchNorm': ['bn'],
  'network.initialisation': ['init'],
  'training.learningRate': ['lr'],
  'training.batchSize': ['batch'],
}

/** How often each ending of a path is one: `beta1` and `adam.beta1` of `training.adam.beta1`. */
const endings = Map.groupBy([...parameters.keys()].flatMap(endingsOf), ending => ending)

/** A field for each parameter of an experiment's base configuration, in the schema's order. */
export const parameterFields: readonly Field[] = [...parameters.values()].map(toField)

function toField({ path, type, title, help, unit = isShare(type) ? 'share' : undefined }: PlacedParameter): Field {
  const short = endingsOf(path).filter(ending => endings.get(ending)!.length === 1)
  const field = { name: path, aliases: [...short, ...wellKnown[path] ?? []], help: `${title}: ${help}`, ...unit && { unit } }
  const kind = kindOf(type)
  switch (kind.kind) {
    case 'switch': return { ...field, kind: 'boolean' }
    case 'choice': return { ...field, kind: 'text', values: kind.options, closed: true }
    case 'number': return { ...field, kind: 'number', values: kind.words }
  }
}

/** The shortest first. */
function endingsOf(path: string): string[] {
  const names = path.split('.')
  return names.slice(1).map((_, i) => names.slice(-1 - i).join('.'))
}

function isShare(type: z.ZodType): boolean {
  const takes = (value: number): boolean => type.safeParse(value).success
  return takes(0.5) && !takes(-0.5) && !takes(1.5)
}
