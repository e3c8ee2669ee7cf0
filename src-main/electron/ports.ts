import type { MessagePortMain, WebContents } from 'electron'
import type { Electron } from './electron'
import { channels } from '@shared/desktop'
import { isFromOwnPage } from './own-page'

/** Hands the page a port when it asks, and nobody else. The port ends with the page. */
export function servePorts({ MessageChannelMain }: Electron, contents: WebContents, serve: (port: MessagePortMain) => void): void {
  contents.ipc.on(channels.connect, (event) => {
    if (!isFromOwnPage(event))
      return
    const { port1, port2 } = new MessageChannelMain()
    serve(port1)
    port1.start()
    event.senderFrame!.postMessage(channels.port, null, [port2])
  })
}
