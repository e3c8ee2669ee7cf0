import { z } from 'zod'
import { previewOf } from './preview'

z.config({ jitless: true })

/** Plans away from the page, which never waits for it. */
addEventListener('message', ({ data: { ticket, document } }: MessageEvent<{ ticket: number, document: unknown }>) =>
  postMessage({ ticket, preview: previewOf(document) }))
