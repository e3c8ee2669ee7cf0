import type { LayerNorms, Observation, Share } from '../runs/observation'
import { Family } from '../members'

interface Described {
  /** As in the database, the CSV files and filters; the name of the measure's file. */
  readonly id: string
  readonly label: string
  /** Empty for a plain number. */
  readonly unit: string
  /** What spreads over decades: charts show it on a logarithm, wherever it is positive. */
  readonly scale?: 'log'
  /** Which way is better. */
  readonly direction: 'higher' | 'lower' | 'neither'
  readonly definition: string
  /** False for what differs from one training of the same run to the next: times. */
  readonly reproducible?: false
}

/** A number per run and epoch, or a share with its counts; undefined where the observation has no such thing. */
export interface RunMeasure extends Described {
  readonly per: 'run'
  readonly of: (observation: Observation) => number | Share | undefined
}

/** A number per masked weight layer and epoch. */
export interface LayerMeasure extends Described {
  readonly per: 'layer'
  readonly of: (layer: LayerNorms) => number | undefined
}

export type Measure = RunMeasure | LayerMeasure

export const measures = new Family<Measure>(
  'measure',
  import.meta.glob<Measure>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)

/** One stored number. */
export interface Measurement {
  readonly measure: string
  /** 0 for the whole run, else the layer from 1. */
  readonly layer: number
  readonly value: number
  readonly correct?: number
  readonly total?: number
}

/** What was measured after an epoch; 0 is before the first step. */
export interface MeasuredEpoch {
  readonly epoch: number
  readonly measurements: readonly Measurement[]
}

/** Everything that the measures say of an observation. */
export function measurementsOf(observation: Observation): Measurement[] {
  return measures.members.flatMap((measure): Measurement[] => {
    if (measure.per === 'layer') {
      return (observation.layers ?? []).flatMap((layer, l) => {
        const value = measure.of(layer)
        return value === undefined ? [] : [{ measure: measure.id, layer: l + 1, value }]
      })
    }
    const measured = measure.of(observation)
    if (measured === undefined)
      return []
    return [
      {
        measure: measure.id,
        layer: 0,
        ...typeof measured === 'number'
          ? { value: measured }
          : { value: measured.correct / measured.total, ...measured },
      },
    ]
  })
}
