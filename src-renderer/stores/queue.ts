import { defineStore } from 'pinia'
import { api } from '../api/client'
import { useLive } from '../api/live'

/** The queue as it is now, for every screen that shows some of it. */
export const useQueue = defineStore('queue', () => useLive(() => api.queue.get(), () => true))
