import { parameters } from '../experiment/parameters'

/** Other names under which parameters are known. */
const otherNames = new Map([['lr', 'training.learningRate'], ['eta', 'training.learningRate']])

/** The parameter that a column of results seems to be, under a name of the file's own. */
export function meantParameter(column: string): string | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  return parameters.has(column)
    ? undefined
    : otherNames.get(plain(column)) ?? [...parameters.keys()].find(path => plain(path) === plain(column) || plain(path.split('.').at(-1)!) === plain(column))
}
