import { expect, it } from 'vitest'
import { calibrationText } from '../../src-main/cli/calibration-text'
import { calibrated } from '../calibration/calibrations'

it('names what was measured by whatever settings its engine has', () => {
  expect(calibrationText(calibrated())).toMatch(/^test CPU, avx2: a layer of 1,024 x 1,024 /)
  expect(calibrationText(calibrated({ measuredWith: {} }))).toMatch(/^test CPU: a layer of /)
})
