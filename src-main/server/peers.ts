import { readFileSync } from 'node:fs'

/** A connection as its server has it. */
export interface Connection {
  readonly localPort?: number | undefined
  readonly remotePort?: number | undefined
}

/** Where Linux tells whose the sockets of this machine are. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6']

/** Whether another user of this machine is at the other end; root may read everything anyway. False where it cannot be known. */
export function isOfAnotherUser({ localPort, remotePort }: Connection, own = process.getuid?.(), tables = TABLES.map(read)): boolean {
  return tables.flatMap(table => table.split('\n').slice(1)).some((line) => {
    // Addresses are "0100007F:10DD", hexadecimal.
    const [, theirs, ours, , , , , user] = line.trim().split(/\s+/)
    return portOf(theirs) === remotePort && portOf(ours) === localPort && Number(user) !== own && Number(user) !== 0
  })
}

function portOf(address = ''): number {
  return Number.parseInt(address.split(':')[1] ?? '', 16)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  }
  catch {
    return ''
  }
}
