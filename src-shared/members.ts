import type { Parameter } from './experiment/parameter'

/** One choice of a family: an optimizer, an activation, a data set... Described here, its arithmetic in the engines. */
export interface Member {
  /** As in an experiment file; the name of the member's file. */
  readonly id: string
  /** Raised when its arithmetic changes: runs with the new one have new identities. */
  readonly version: number
  readonly title: string
  readonly help: string
  /** Where its definition comes from. */
  readonly source?: string
  /** Its own parameters; in an experiment file under the family's group and the member's id, e.g. `training.adam.beta1`. */
  readonly parameters?: Readonly<Record<string, Parameter>>
}

/** All members of a family, found by `import.meta.glob`, in the order of their ids. */
export class Family<M extends { readonly id: string }> {
  readonly members: readonly M[]

  constructor(readonly name: string, modules: Readonly<Record<string, M>>) {
    this.members = Object.values(modules).sort((a, b) => a.id < b.id
      ? -1
      : 1)
    for (const [file, { id }] of Object.entries(modules)) {
      if (!file.endsWith(`/${id}.ts`))
        throw new Error(`${name}: the member '${id}' is described in ${file}; a member's file has the name of its id`)
    }
  }

  get ids(): string[] {
    return this.members.map(member => member.id)
  }

  /** @throws RangeError for an id that is no member. */
  get(id: string): M {
    const member = this.members.find(member => member.id === id)
    if (!member)
      throw new RangeError(`unknown ${this.name} '${id}'; there is ${this.ids.join(', ')}`)
    return member
  }
}
