import type { SystemInfo } from './contract/system'

/** Everything on the System screen as JSON, for whoever looks for the cause of something; without the user's name. */
export function bugReport({ home, ...system }: SystemInfo): string {
  return JSON.stringify(system, (_, value: unknown) => typeof value === 'string' ? withoutHome(value, home) : value, 2)
}

/** "~/data" for "/home/ada/data". */
function withoutHome(text: string, home: string): string {
  const folder = home.replace(/[/\\]+$/, '')
  if (folder === '')
    return text
  return text === folder ? '~' : ['/', '\\'].reduce((text, separator) => text.replaceAll(`${folder}${separator}`, `~${separator}`), text)
}
