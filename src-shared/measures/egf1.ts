import type { RunMeasure } from '.'

export default {
  id: 'egf1',
  per: 'run',
  label: 'Effective gradient flow EGF₁',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '(Σ over the L masked layers of ‖g_l ⊙ m_l‖₁) / L over the probe: active weights only, layers weighing alike.',
  of: ({ layers }) => layers && layers.reduce((sum, { activeGradient }) => sum + activeGradient.l1, 0) / layers.length,
} satisfies RunMeasure
