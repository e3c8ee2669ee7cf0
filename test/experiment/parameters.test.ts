import { conditionInWords } from '@shared/experiment/parameter'
import { applies, configure, configureRecording, parameters, recordingParameters } from '@shared/experiment/parameters'
import { describe, expect, it } from 'vitest'

// An omitted value means its default, in stored experiments and in identities: a line here is added, never changed.
describe('frozen defaults', () => {
  const defaults = {
    'data.dataset': 'fashion-mnist',
    'data.synthetic.train': 512,
    'data.synthetic.test': 256,
    'data.synthetic.side': 4,
    'data.synthetic.classes': 4,
    'data.synthetic.noise': 64,
    'data.subset': 'all',
    'data.validation': 0,
    'network.architecture': 'mlp',
    'network.mlp.hiddenLayers': 2,
    'network.maximumWidth': 'auto',
    'network.activation': 'relu',
    'network.batchNorm': false,
    'network.affine': true,
    'network.bias': true,
    'network.initialisation': 'he-normal',
    'training.optimizer': 'sgd',
    'training.adam.beta1': 0.9,
    'training.adam.beta2': 0.999,
    'training.adam.epsilon': 1e-8,
    'training.momentum.momentum': 0.9,
    'training.learningRate': 0.1,
    'training.schedule': 'constant',
    'training.batchSize': 128,
    'training.epochs': 100,
    'training.l2': false,
    'training.lambda': 5e-4,
    'masks.distribution': 'equal-capacity',
    'masks.density': 0.1,
    'masks.connected': false,
  }

  const recordingDefaults = {
    'recording.gradientFlow': 'eleven',
    'recording.test': 'end',
    'recording.checkpoint': 10,
    'recording.keep': 'last',
  }

  it('are those of every parameter', () => {
    expect(Object.fromEntries([...parameters].map(([path, parameter]) => [path, parameter.default]))).toEqual(defaults)
  })

  it('are those of every parameter of the recording', () => {
    expect(Object.fromEntries([...recordingParameters].map(([path, parameter]) => [path, parameter.default]))).toEqual(recordingDefaults)
  })

  it('stand for what is omitted, and the last of what is given for the rest', () => {
    expect(configure()).toEqual(defaults)
    expect(configure({ 'training.epochs': 3, 'training.l2': true }, { 'training.epochs': 4 })).toEqual({ ...defaults, 'training.epochs': 4, 'training.l2': true })
    expect(configureRecording({})).toEqual(recordingDefaults)
    expect(configureRecording({ 'recording.keep': 'all' })).toEqual({ ...recordingDefaults, 'recording.keep': 'all' })
  })

  it('are values that the parameters take', () => {
    for (const { type, default: value } of [...parameters.values(), ...recordingParameters.values()])
      expect(type.parse(value)).toBe(value)
  })
})

describe('a parameter with a condition', () => {
  const condition = { 'training.optimizer': ['adam', 'momentum'], 'training.l2': true }
  const conditional = { ...parameters.get('training.lambda')!, appliesWhen: condition }

  it('says when it has a meaning', () => {
    expect(conditionInWords(conditional)).toBe('only with training.optimizer = adam or momentum and training.l2 = true')
    expect(conditionInWords(parameters.get('training.learningRate')!)).toBeUndefined()
  })

  it('has it where all of the condition is met', () => {
    expect(applies(conditional, { 'training.optimizer': 'momentum', 'training.l2': true })).toBe(true)
    expect(applies(conditional, { 'training.optimizer': 'momentum', 'training.l2': false })).toBe(false)
    expect(applies(conditional, { 'training.optimizer': 'sgd', 'training.l2': true })).toBe(false)
    expect(applies(parameters.get('training.learningRate')!, {})).toBe(true)
  })
})
