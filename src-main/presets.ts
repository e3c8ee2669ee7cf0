import type { ExperimentFile } from '@shared/experiment/schema'

/** The experiment documents that come with the product, by file name: `resources/presets/<id>.json`. */
export const presets: ReadonlyMap<string, ExperimentFile> = new Map(
  Object.entries(import.meta.glob<ExperimentFile>('../resources/presets/*.json', { eager: true, import: 'default' }))
    .map(([file, document]): [string, ExperimentFile] => [
      file.split('/').at(-1)!.replace('.json', ''),
      document,
    ])
    .sort(([a], [b]) => a < b
      ? -1
      : 1),
)
