import { resolve } from 'node:path'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

/** Set-up gives each build a folder of its own; packaging takes `out`. */
const folder = process.env.BUILD_FOLDER ?? 'out'
const at = (path: string): string => resolve(import.meta.dirname, path)
const alias = { '@shared': at('src-shared') }

export default defineConfig({
  main: {
    resolve: { alias },
    // What libraries check of themselves for their developers: ECharts stops at an axis that it then draws well.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      outDir: `${folder}/main`,
      minify: true, // electron-vite's default is false
      rolldownOptions: {
        input: {
          index: at('src-main/index.ts'),
          cli: at('src-main/cli/index.ts'),
          worker: at('src-main/worker/entry.ts'),
          reader: at('src-main/reads/thread.ts'),
          planner: at('src-main/lab/planning-thread.ts'),
          calibrator: at('src-main/lab/calibration-process.ts'),
        },
        // In one folder, so that `import.meta.dirname` is the same in parts that entries share: the worker is looked for there.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: `${folder}/preload`,
      minify: true,
      rolldownOptions: {
        input: { index: at('src-main/preload.ts') },
        // A sandboxed preload can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    resolve: { alias },
    publicDir: false,
    build: {
      outDir: `${folder}/renderer`,
      minify: true,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
    plugins: [
      vue(),
      ui({
        root: import.meta.dirname,
        // Every icon that the sources name is bundled; the others would be fetched from the network.
        icon: { clientBundle: { scan: { globInclude: ['src-renderer/**/*.{vue,ts}'] }, sizeLimitKb: 256 } },
        ui: {
          colors: { primary: 'teal', neutral: 'zinc' },
          // Dense: rows of 32 px.
          table: { slots: { th: 'px-3 py-2 text-xs font-medium text-muted', td: 'px-3 py-1.5 text-sm text-default', tr: 'data-[selectable=true]:cursor-pointer' } },
        },
        autoImport: false,
        components: { dts: false },
      }),
    ],
  },
})
