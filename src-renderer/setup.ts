import { _api } from '@iconify/vue'
import { z } from 'zod'

// Zod probes `new Function`, which the content security policy forbids and reports.
z.config({ jitless: true })
// An icon that is not bundled is missing, never fetched.
_api.setFetch(async () => {
  throw new Error('icons are bundled')
})
