import type { Command, Desktop } from '@shared/desktop'
import { channels, PORT_MESSAGE } from '@shared/desktop'
import { contextBridge, ipcRenderer } from 'electron'

/** Of the page's window, the one thing that is used here. */
declare const window: { postMessage: (message: unknown, targetOrigin: string, transfer: unknown[]) => void }

let listener: ((command: Command) => void) | undefined
const early: Command[] = []

const desktop: Desktop = {
  connect: () => ipcRenderer.send(channels.connect),
  onCommand(listen) {
    listener = listen
    early.splice(0).forEach(command => listen(command))
  },
  save: files => ipcRenderer.invoke(channels.save, files),
  open: () => ipcRenderer.invoke(channels.open),
  setAppearance: appearance => ipcRenderer.send(channels.appearance, appearance),
}
contextBridge.exposeInMainWorld('desktop', desktop)

ipcRenderer.on(channels.command, (_, command: Command) => {
  if (listener)
    listener(command)
  else
    early.push(command)
})

// A port cannot cross the bridge; it reaches the page as a message of its own window to itself.
ipcRenderer.on(channels.port, ({ ports }) => window.postMessage(PORT_MESSAGE, '*', [...ports]))
