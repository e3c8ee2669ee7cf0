import { useColorMode } from '@vueuse/core'
import { useRoute, useRouter } from 'vue-router'

/** What the native menu asks for. */
export function useDesktopCommands(): void {
  const router = useRouter()
  const route = useRoute()
  const mode = useColorMode()
  window.desktop?.onCommand((command) => {
    switch (command) {
      case 'newExperiment':
        return void router.push({ name: 'new' })
      case 'export':
        return void (route.params.slug && router.push({ name: 'experiment', params: { slug: route.params.slug, tab: 'export' } }))
      case 'toggleDark':
        mode.value = mode.state.value === 'dark' ? 'light' : 'dark'
    }
  })
}
