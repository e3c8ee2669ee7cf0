import { createRouter, createWebHashHistory } from 'vue-router'

/** Every screen by its address. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'experiments', component: () => import('./views/ExperimentsView.vue') },
    { path: '/new', name: 'new', component: () => import('./views/NewExperimentView.vue') },
    { path: '/experiments/:slug/:tab(overview|pairs|runs|design|export)?', name: 'experiment', component: () => import('./views/ExperimentView.vue'), props: true },
    { path: '/experiments/:slug/pairs/:position(\\d+)', name: 'pair', component: () => import('./views/PairView.vue'), props: ({ params }) => ({ slug: params.slug, position: Number(params.position) }) },
    { path: '/runs/:run(\\d+)', name: 'run', component: () => import('./views/RunView.vue'), props: ({ params }) => ({ run: Number(params.run) }) },
    { path: '/queue', name: 'queue', component: () => import('./views/QueueView.vue') },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./views/NowhereView.vue') },
  ],
})
