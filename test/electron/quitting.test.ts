import { describe, expect, it } from 'vitest'
import { openApp, settled, TestLab } from './open-app'

describe('quitting', () => {
  it('stops the lab and ends when nothing is trained, without a question', async () => {
    const { app, lab, dialog } = await openApp()
    app.quit()
    await expect.poll(() => app.exitCode).toBe(0)
    expect([lab.stops, dialog.boxes.length]).toEqual([1, 0])
  })

  it('asks while runs are going, and goes on if the user says so', async () => {
    const { app, lab, dialog, window } = await openApp({ training: true })
    app.quit()
    expect(dialog.boxes[0]).toMatchObject({ message: 'Keep training?', buttons: ['Keep Training', 'Quit'], defaultId: 0, cancelId: 0, parent: window() })
    expect(dialog.boxes[0]!.detail).toMatch(/stop after the step they are in.*go on from there when the program is opened again/)
    dialog.boxes[0]!.answer('Keep Training')
    await settled()
    expect([app.exitCode, lab.stops, window().isDestroyed()]).toEqual([undefined, 0, false])

    // And asks again the next time.
    app.quit()
    expect(dialog.boxes.length).toBe(2)
  })

  it('closes the window and ends only after the runs have stopped', async () => {
    const { app, lab, dialog } = await openApp({ training: true })
    const stopping = Promise.withResolvers<void>()
    lab.stopped = stopping.promise
    app.quit()
    dialog.boxes[0]!.answer('Quit')
    await settled()
    expect([app.exitCode, app.windows.length, lab.stops]).toEqual([undefined, 0, 1])
    // Impatience changes nothing.
    app.quit()
    app.emit('second-instance', {}, [], '/')
    expect([app.exitCode, app.windows.length, lab.stops]).toEqual([undefined, 0, 1])
    stopping.resolve()
    await expect.poll(() => app.exitCode).toBe(0)
  })

  it.each([false, true])('leaves it to the user what becomes of what was typed (while training: %s)', async (training) => {
    const { app, lab, dialog, window } = await openApp({ training, pagePatienceMs: 20 })
    window().webContents.holds = true
    dialog.blockingAnswer = 0
    app.quit()
    dialog.boxes[0]?.answer('Quit')
    await new Promise(resolve => setTimeout(resolve, 60))
    expect([app.exitCode, lab.stops, window().isDestroyed()]).toEqual([undefined, 0, false])

    dialog.blockingAnswer = 1
    app.quit()
    dialog.boxes[1]?.answer('Quit')
    await expect.poll(() => app.exitCode).toBe(0)
    expect(lab.stops).toBe(1)
  })

  it('does not wait long for a page that hangs', async () => {
    const { app, window } = await openApp()
    window().webContents.hangs = true
    app.quit()
    await settled()
    expect(app.exitCode).toBeUndefined()
    await expect.poll(() => app.exitCode).toBe(0)
  })

  it('asks once, however often it is asked for', async () => {
    const { app, dialog, window } = await openApp({ training: true })
    app.quit()
    app.quit()
    window().close()
    expect(dialog.boxes.length).toBe(1)
  })

  it.each(['win32', 'linux'] as const)('is what closing the window means on %s', async (platform) => {
    const { app, dialog, window } = await openApp({ platform, training: true })
    window().close()
    expect([dialog.boxes.length, window().isDestroyed()]).toEqual([1, false])
    dialog.boxes[0]!.answer('Quit')
    await expect.poll(() => app.exitCode).toBe(0)
  })

  it('is not what closing the window means on a Mac: training goes on, and the window comes back', async () => {
    const { app, lab, dialog, window } = await openApp({ platform: 'darwin', training: true })
    window().close()
    await settled()
    expect([app.exitCode, app.windows.length, lab.stops, dialog.boxes.length]).toEqual([undefined, 0, 0, 0])

    // Cmd+Q without a window asks without one.
    app.quit()
    expect(dialog.boxes[0]!.parent).toBeUndefined()
    dialog.boxes[0]!.answer('Keep Training')
    await settled()

    app.emit('activate')
    expect(window().isDestroyed()).toBe(false)
    app.emit('activate')
    expect(app.windows.length).toBe(1)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'])('needs no answer after %s', async (signal) => {
    const { app, lab, dialog, process } = await openApp({ training: true })
    process.emit(signal)
    await expect.poll(() => app.exitCode).toBe(0)
    expect([lab.stops, dialog.boxes.length]).toEqual([1, 0])
  })

  it('does not hold up the system\'s shutdown with a question, an open one neither', async () => {
    const { app, lab, powerMonitor } = await openApp({ training: true })
    app.quit()
    let prevented = false
    powerMonitor.emit('shutdown', { preventDefault: () => prevented = true })
    await expect.poll(() => app.exitCode).toBe(0)
    expect([lab.stops, prevented]).toEqual([1, true])
  })

  it('is begun once, and the window is gone at once, whatever else happens', async () => {
    const app = await openApp({ platform: 'darwin' })
    const stopping = Promise.withResolvers<void>()
    app.lab.stopped = stopping.promise
    app.window().webContents.hangs = true
    app.app.quit()
    await settled()
    app.process.emit('SIGTERM')
    expect(app.app.windows.length).toBe(0)
    app.process.emit('SIGTERM')
    app.app.emit('activate')
    app.menu().find(({ label }) => label === '&File')!.submenu![0]!.click!()
    await settled()
    expect([app.lab.stops, app.app.windows.length]).toEqual([1, 0])
    stopping.resolve()
    await expect.poll(() => app.app.exitCode).toBe(0)
    expect(app.lab.stops).toBe(1)
  })

  it('is not begun a second time by a late answer', async () => {
    const { app, lab, dialog, process } = await openApp({ training: true })
    const stopping = Promise.withResolvers<void>()
    lab.stopped = stopping.promise
    app.quit()
    process.emit('SIGTERM')
    dialog.boxes[0]!.answer('Quit')
    await settled()
    stopping.resolve()
    await expect.poll(() => app.exitCode).toBe(0)
    expect(lab.stops).toBe(1)
  })

  it('waits for a lab that is just being opened, closes it, and shows nothing', async () => {
    const opened = Promise.withResolvers<TestLab>()
    const lab = new TestLab()
    const { app, dialog } = await openApp({
      openLab: () => opened.promise,
      meanwhile: (process) => {
        process.emit('SIGTERM')
        opened.resolve(lab)
      },
    })
    await expect.poll(() => app.exitCode).toBe(0)
    expect([lab.stops, app.windows.length, dialog.errors.length]).toEqual([1, 0, 0])
  })

  it('says so and ends with 1 when runs cannot be stopped', async () => {
    const { app, lab, dialog, process } = await openApp({ training: true })
    lab.stopped = Promise.reject(new Error('the disk is full'))
    process.emit('SIGTERM')
    await expect.poll(() => app.exitCode).toBe(1)
    expect(dialog.errors[0]!.content).toContain('the disk is full')
  })

  it('has limited patience', async () => {
    const { app, lab, dialog, process } = await openApp({ training: true, patienceMs: 20 })
    lab.stopped = new Promise(() => {})
    process.emit('SIGTERM')
    await expect.poll(() => app.exitCode).toBe(1)
    expect(dialog.errors[0]!.content).toContain('did not stop within')
  })
})
