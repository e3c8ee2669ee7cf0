import { hostname, networkInterfaces } from 'node:os'

/** Names and addresses by which a server that listens on `host` is reached: here, then from elsewhere. */
export function namesOf(host: string, machine = { name: hostname(), interfaces: networkInterfaces() }): string[] {
  if (host !== '0.0.0.0' && host !== '::')
    return [host]
  const outer = Object.values(machine.interfaces).flatMap((addresses = []) => addresses)
    .filter(({ internal, family, scopeid }) => !internal && !scopeid && (family === 'IPv4' || host === '::'))
  return ['localhost', machine.name, ...outer.map(({ address }) => address)]
}

export function originOf(name: string, port: number): string {
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
