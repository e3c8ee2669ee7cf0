import type { BrowserContext, Page } from '@playwright/test'
import { test as base, expect } from '@playwright/test'
import { App } from './app'
import { Watch } from './watch'

export interface Visit {
  readonly app: App
  readonly context: BrowserContext
  readonly page: Page
  readonly watch: Watch
}

/**
 * The tests of a group share one program, one browser, one page, which is watched: nothing that a page must not do is
 * forgiven in any of them.
 * @param mode "serial" where they go on from each other
 */
export function visit(command: 'start' | 'serve', prepare?: (data: string) => unknown, mode: 'serial' | 'default' = 'serial'): Visit {
  const visit = {} as { -readonly [name in keyof Visit]: Visit[name] }
  base.describe.configure({ mode })
  base.beforeAll(async ({ browser }) => {
    visit.app = await App.start(command, prepare)
    visit.context = await browser.newContext()
    visit.watch = await Watch.over(visit.context, () => visit.app.origin)
    visit.page = await visit.context.newPage()
    await visit.page.goto(visit.app.url)
    await expect(visit.page.getByRole('heading', { level: 1 })).toHaveText(command === 'start' ? 'Does BatchNorm help a sparse network?' : 'Experiments')
  })
  base.afterEach(() => expect([...visit.watch.faults(), ...visit.app.faults()]).toEqual([]))
  base.afterAll(async () => {
    await visit.context?.close()
    await visit.app?.remove()
  })
  return visit
}

export { expect, base as test }
