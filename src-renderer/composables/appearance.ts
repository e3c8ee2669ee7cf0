import { useColorMode } from '@vueuse/core'
import { watchEffect } from 'vue'

/** Light, dark, or as the system is; the desktop's frame and menus follow. */
export function useAppearance() {
  const mode = useColorMode()
  watchEffect(() => window.desktop?.setAppearance(mode.store.value === 'auto' ? 'system' : mode.store.value as 'light' | 'dark'))
  return mode
}
