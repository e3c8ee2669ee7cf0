import type { ClientRetryPluginContext } from '@orpc/client/plugins'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '@shared/contract'
import type { Desktop } from '@shared/desktop'
import type { Connection } from './socket'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { ClientRetryPlugin } from '@orpc/client/plugins'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { PORT_MESSAGE } from '@shared/desktop'
import { shallowRef } from 'vue'
import { ReconnectingSocket } from './socket'

type Api = ContractRouterClient<typeof contract, ClientRetryPluginContext>

declare global {
  interface Window {
    /** In Electron's window only. */
    readonly desktop?: Desktop
  }
}

/** Whether the program behind this page answers. */
export const connection = shallowRef<Connection>('connecting')

function overSocket(): Api {
  const url = new URL('/rpc', location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const websocket = new ReconnectingSocket(url.href, state => connection.value = state)
  return createORPCClient(new SocketLink<ClientRetryPluginContext>({ websocket: websocket as never, plugins: [new ClientRetryPlugin()] }))
}

async function overPort(desktop: Desktop): Promise<Api> {
  const port = await new Promise<MessagePort>((resolve) => {
    window.addEventListener('message', function listen(event) {
      if (event.source !== window || event.data !== PORT_MESSAGE || !event.ports[0])
        return
      window.removeEventListener('message', listen)
      resolve(event.ports[0])
    })
    desktop.connect()
  })
  port.start()
  connection.value = 'open'
  return createORPCClient(new PortLink<ClientRetryPluginContext>({ port, plugins: [new ClientRetryPlugin()] }))
}

/** The one way to the program, over whichever transport this page has. */
export const api: Api = window.desktop ? await overPort(window.desktop) : overSocket()
