import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { ORIGIN, originOf } from './scheme'

/** Whether a message comes from the page itself: the window's main frame, showing our address. */
export function isFromOwnPage({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  // A frame that has navigated or gone since it sent is null.
  return senderFrame !== null && senderFrame === sender.mainFrame && originOf(senderFrame.url) === ORIGIN
}
