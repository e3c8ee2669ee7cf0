import type { NavigationGuard } from 'vue-router'
import { createRouter, createWebHashHistory, START_LOCATION } from 'vue-router'
import { api } from './api/client'

/** The address as the program opens it: without a screen's. */
const isJustOpened = location.hash === ''

/** Opens on the only experiment where there is one: the first look, at the first start. */
const openTheOnlyOne: NavigationGuard = async (_, from) => {
  if (from !== START_LOCATION || !isJustOpened)
    return true
  const [only, ...others] = await api.experiments.list().catch(() => [])
  return only && !others.length ? { name: 'experiment', params: { slug: only.slug } } : true
}

/** Every screen by its address. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'experiments', component: () => import('./views/ExperimentsView.vue'), beforeEnter: openTheOnlyOne },
    { path: '/new', name: 'new', component: () => import('./views/NewExperimentView.vue') },
    { path: '/experiments/:slug/:tab(overview|pairs|runs|design|report|export)?', name: 'experiment', component: () => import('./views/ExperimentView.vue'), props: true },
    { path: '/experiments/:slug/pairs/:position(\\d+)', name: 'pair', component: () => import('./views/PairView.vue'), props: ({ params }) => ({ slug: params.slug, position: Number(params.position) }) },
    { path: '/runs/:run(\\d+)', name: 'run', component: () => import('./views/RunView.vue'), props: ({ params }) => ({ run: Number(params.run) }) },
    { path: '/compare', name: 'compare', component: () => import('./views/CompareView.vue') },
    { path: '/queue', name: 'queue', component: () => import('./views/QueueView.vue') },
    { path: '/system', name: 'system', component: () => import('./views/SystemView.vue') },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./views/NowhereView.vue') },
  ],
})
