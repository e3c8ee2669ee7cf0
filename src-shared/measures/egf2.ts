import type { RunMeasure } from '.'

export default {
  id: 'egf2',
  per: 'run',
  label: 'Effective gradient flow EGF₂',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '(Σ over the L masked layers of ‖g_l ⊙ m_l‖₂) / L over the probe: active weights only, layers weighing alike.',
  of: ({ layers }) => layers && layers.reduce((sum, { activeGradient }) => sum + activeGradient.l2, 0) / layers.length,
} satisfies RunMeasure
