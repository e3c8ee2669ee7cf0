import { os } from './base'

export const figures = {
  draw: os.figures.draw.handler(({ context: { lab }, input }) => lab.reads.figures.draw(input)),
}
