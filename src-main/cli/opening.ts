import open, { apps, openApp } from 'open'

export interface Opened {
  readonly isOpen: boolean
  /** A sentence without its full stop. */
  readonly how: string
}

/** Opens an address as a window of its own in Chrome or Chromium, else in the default browser; says which and why. */
export async function openInBrowser(url: string): Promise<Opened> {
  const obstacle = whyNoWindow(process.env, process.platform, process.getuid?.())
  if (obstacle)
    return { isOpen: false, how: obstacle }
  try {
    await openApp(apps.chrome, { arguments: [`--app=${url}`] })
    return { isOpen: true, how: 'Opened as a window of Chrome' }
  }
  catch {
    try {
      await open(url)
      return { isOpen: true, how: 'Opened in the default browser: there is no Chrome or Chromium' }
    }
    catch {
      return { isOpen: false, how: 'No browser could be opened' }
    }
  }
}

/** Why no window can be opened for the person at this terminal; undefined if one can. */
export function whyNoWindow(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, uid: number | undefined): string | undefined {
  if (env.SSH_CONNECTION && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return 'You are here through ssh (README says how to look from your own machine)'
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return 'There is no display'
  if (platform === 'linux' && uid === 0)
    return 'Browsers do not run as root'
  return undefined
}
