export const PAPER = 'https://arxiv.org/abs/2102.01670'

/** Sites that a link may open in the user's browser. The project's own pages join here when they have an address. */
const sites: readonly string[] = ['arxiv.org']

export function isAllowedLink(url: string): boolean {
  if (!URL.canParse(url))
    return false
  const { protocol, hostname, port, username, password } = new URL(url)
  return protocol === 'https:' && sites.includes(hostname) && port === '' && username === '' && password === ''
}
