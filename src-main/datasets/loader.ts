import type { Settings } from '@shared/experiment/parameter'
import type { LoadedDataset } from './examples'

/** Reads a data set; in `<id>.loader.ts`, described in `src-shared/datasets/<id>.ts`. */
export interface DatasetLoader {
  /** @throws DatasetProblem if its files are missing or damaged. */
  readonly load: (settings: Settings) => Promise<LoadedDataset>
}

/** What is wrong with a data set's files, as a sentence that names the file. */
export class DatasetProblem extends Error {}
