import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    resolve: {
      alias: {
        '@shared': at('src-shared'),
      },
    },
    build: {
      outDir: 'out/main',
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
