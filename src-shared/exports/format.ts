import { z } from 'zod'

const words = { name: z.string(), title: z.string(), help: z.string() }
const bounds = { unit: z.string(), least: z.number(), most: z.number() }

/** A choice that an export format offers; its name is that of the flag on the command line. */
export const exportOption = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), ...words, ...bounds, default: z.number() }),
  /** Several numbers, a file each. */
  z.object({ kind: z.literal('numbers'), ...words, ...bounds, default: z.array(z.number()) }),
  z.object({ kind: z.literal('choice'), ...words, choices: z.array(z.object({ value: z.string(), title: z.string() })), default: z.string() }),
])
export type ExportOption = z.infer<typeof exportOption>

/** What an experiment can be taken out as. */
export const exportFormat = z.object({
  id: z.string(),
  /** Of what its files are. */
  of: z.enum(['tables', 'figures', 'report']),
  /** "PNG", "LaTeX": as it is called on a button. */
  title: z.string(),
  help: z.string(),
  options: z.array(exportOption),
})
export type ExportFormat = z.infer<typeof exportFormat>

export const optionValues = z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number())]))
/** Values by name of the option. */
export type OptionValues = z.infer<typeof optionValues>

/** What every option is where nothing else is chosen. */
export function usualOptions({ options }: { readonly options: readonly ExportOption[] }): OptionValues {
  return Object.fromEntries(options.map(option => [option.name, option.default]))
}

export type CheckedOptions
  = | { readonly kind: 'checked', readonly values: OptionValues }
    | { readonly kind: 'invalid', readonly problems: readonly { readonly option: string, readonly message: string }[] }

/** The values of all options, what is not given by default; options that the format does not have are problems. */
export function checkOptions({ id, options }: Pick<ExportFormat, 'id' | 'options'>, given: OptionValues): CheckedOptions {
  const unknown = Object.keys(given).filter(name => !options.some(option => option.name === name)).map(option => ({
    option,
    message: `${id} has no option "${option}"; it has ${options.map(({ name }) => name).join(', ') || 'none'}`,
  }))
  const wrong = options.flatMap((option) => {
    const value = given[option.name]
    const message = value === undefined ? undefined : problemOf(option, value)
    return message === undefined ? [] : [{ option: option.name, message }]
  })
  return unknown.length + wrong.length
    ? { kind: 'invalid', problems: [...unknown, ...wrong] }
    : { kind: 'checked', values: { ...usualOptions({ options }), ...given } }
}

/** What is wrong with a value, in words. */
function problemOf(option: ExportOption, value: OptionValues[string]): string | undefined {
  switch (option.kind) {
    case 'choice':
      return option.choices.some(choice => choice.value === value)
        ? undefined
        : `${option.name} is ${JSON.stringify(value)}; it must be ${option.choices.map(choice => choice.value).join(' or ')}`
    case 'number':
      return typeof value === 'number' && isWithin(option, value) ? undefined : `${option.name} is ${JSON.stringify(value)}; it must be ${inBounds(option)}`
    case 'numbers':
      return Array.isArray(value) && value.length > 0 && value.every(one => isWithin(option, one)) && new Set(value).size === value.length
        ? undefined
        : `${option.name} is ${[value].flat().join(', ') || 'empty'}; it must be numbers that differ, each ${inBounds(option)}`
  }
}

function isWithin({ least, most }: { least: number, most: number }, value: number): boolean {
  return value >= least && value <= most
}

function inBounds({ least, most, unit }: { least: number, most: number, unit: string }): string {
  return `from ${least} to ${most} ${unit}`
}
