import { small } from './documents'
import { expect, test, visit } from './fixtures'

const user = visit('serve')

/** In milliseconds: longer than views wait between two fetches. */
const LATENCY = 700

test('through a slow connection a screen still follows to the end', async () => {
  const { page, app, context } = user
  await page.routeWebSocket('**/rpc', (socket) => {
    const server = socket.connectToServer()
    server.onMessage(message => void setTimeout(() => socket.send(message), LATENCY))
  })
  const { api, close } = await app.api(context)
  await api.queue.pause()
  const { slug } = await api.experiments.create({ document: small })
  await page.goto(`${app.origin}/#/experiments/${slug}`)
  await page.reload()
  await expect(page.getByText('0 of 4 · queue paused')).toBeVisible()
  await api.queue.resume()
  close()
  await expect(page.getByText('4 runs', { exact: true })).toBeVisible()
  await expect(page.getByRole('row', { name: /^base 12/ })).toContainText('2 = 1 × 2')
  await expect(page.getByRole('navigation', { name: 'Screens' })).toContainText('idle')
})
