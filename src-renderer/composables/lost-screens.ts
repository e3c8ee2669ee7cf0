import { useToast } from '@nuxt/ui/composables'
import { onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'

/** A screen's code comes from the program, which may be gone. */
export function tellLostScreens(): void {
  const toast = useToast()
  const router = useRouter()
  onScopeDispose(router.onError((_, { fullPath }) => void toast.add({
    title: 'This screen could not be loaded',
    description: 'The program does not answer. Once it runs again, try again.',
    color: 'error',
    icon: 'i-lucide-unplug',
    actions: [{ label: 'Try again', onClick: () => void router.push(fullPath) }],
  })))
}
