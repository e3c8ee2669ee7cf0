import ui from '@nuxt/ui/vue-plugin'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { followChanges } from './api/live'
import App from './App.vue'
import { router } from './router'
import './setup'
import '@fontsource-variable/inter'
import './main.css'

createApp(App).use(createPinia()).use(router).use(ui).mount('#app')
void followChanges()
