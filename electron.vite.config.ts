import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'

/** Set-up gives each build a folder of its own; packaging takes `out`. */
const folder = process.env.BUILD_FOLDER ?? 'out'
const at = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    resolve: {
      alias: {
        '@shared': at('src-shared'),
      },
    },
    build: {
      outDir: `${folder}/main`,
      minify: true, // electron-vite's default is false
      rolldownOptions: {
        input: {
          cli: at('src-main/cli/index.ts'),
          worker: at('src-main/worker/entry.ts'),
        },
      },
    },
  },
})
