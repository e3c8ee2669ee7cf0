import type { Session, WebContents } from 'electron'
import type { Electron } from './electron'
import { isAllowedLink } from './links'
import { ORIGIN, originOf, START } from './scheme'

/** What no page may do in any window, DevTools' own included. To be called before Electron is ready. */
export function guardContents({ app, shell }: Electron): void {
  app.on('web-contents-created', (_, contents) => {
    stayOnPage(contents)
    contents.setWindowOpenHandler(({ url }) => {
      if (isAllowedLink(url))
        void shell.openExternal(url)
      return { action: 'deny' }
    })
    contents.on('will-attach-webview', event => event.preventDefault())
  })
}

/** The page may load itself anew, and show a document that it holds in a frame; nothing else ever comes into its window. */
function stayOnPage(contents: WebContents): void {
  const denyElsewhere = (event: { preventDefault: () => void, url: string, isMainFrame: boolean }): void => {
    const url = event.url.replace(/#.*$/s, '')
    if (event.isMainFrame ? url !== START : url !== 'about:srcdoc')
      event.preventDefault()
  }
  contents.on('will-navigate', denyElsewhere)
  contents.on('will-frame-navigate', denyElsewhere)
  contents.on('will-redirect', event => event.preventDefault())
}

/** What a page may ask of the system: to put text on the clipboard, where it is ours; and of the network nothing. */
export function guardSession(session: Session): void {
  const isAllowed = (permission: string, url: string): boolean => permission === 'clipboard-sanitized-write' && originOf(url) === ORIGIN
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(isAllowed(permission, requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url) }))
  // A file that the page made itself, the user may save; Electron asks where.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${START}`))
      event.preventDefault()
  })
}

function isLocal(url: string): boolean {
  return originOf(url) === ORIGIN || /^(?:blob|data|devtools):/.test(url)
}
