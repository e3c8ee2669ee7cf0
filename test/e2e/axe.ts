import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

interface Axe { run: (options: object) => Promise<{ violations: { id: string, impact: string | null, help: string, nodes: { html: string, failureSummary?: string }[] }[] }> }

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds that is serious or critical, a line each. It goes in through the debugger, which no policy stops. */
export async function barriers(page: Page): Promise<string[]> {
  if (!await page.evaluate('\'axe\' in globalThis'))
    await page.evaluate(source)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] })
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary ?? ''}`))
  })
}
