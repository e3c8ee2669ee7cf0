import type { Settings } from '@shared/experiment/parameter'
import type { LoadedDataset } from './examples'
import type { DatasetLoader } from './loader'
import { DatasetProblem } from './loader'

const loaders = import.meta.glob<DatasetLoader>('./*.loader.ts', { import: 'default' })

/** @throws DatasetProblem */
export async function loadDataset(id: string, settings: Settings): Promise<LoadedDataset> {
  const loader = await loaders[`./${id}.loader.ts`]?.()
  if (!loader)
    throw new DatasetProblem(`nothing here reads the data set '${id}'`)
  return loader.load(settings)
}
