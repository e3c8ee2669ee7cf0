import type { RunSpecification } from '@shared/plan/specification'

/** The members that this engine family has arithmetic for: the files, without loading them. */
const families = {
  architecture: names(import.meta.glob('./architectures/*.ts')),
  activation: names(import.meta.glob('./activations/*.ts')),
  optimizer: names(import.meta.glob('./optimizers/*.ts')),
}

function names(modules: Record<string, unknown>): string[] {
  return Object.keys(modules).map(file => file.split('/').at(-1)!.replace('.ts', ''))
}

/** A sentence for each member that a run uses and this family lacks. */
export function lacking({ settings }: RunSpecification, engine: string): string[] {
  return ([
    ['architecture', settings['network.architecture']],
    ['activation', settings['network.activation']],
    ['optimizer', settings['training.optimizer']],
  ] as const)
    .filter(([family, member]) => !families[family].includes(member))
    .map(([family, member]) => `the engine '${engine}' has no ${family} '${member}'; it has ${families[family].join(', ')}`)
}
