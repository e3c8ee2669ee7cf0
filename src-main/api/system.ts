import { systemInfo } from '../lab/system-info'
import { os } from './base'

export const system = {
  info: os.system.info.handler(({ context: { lab } }) => systemInfo(lab)),

  calibrate: os.system.calibrate.handler(async ({ context: { lab }, input: { engine } }) => {
    await lab.calibrating.calibrate(engine)
    return { changed: 1 }
  }),

  resetCalibration: os.system.resetCalibration.handler(async ({ context: { lab }, input: { engine } }) =>
    ({ changed: await lab.calibrating.reset(engine) ? 1 : 0 })),
}
