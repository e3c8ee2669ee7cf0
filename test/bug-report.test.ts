import { bugReport } from '@shared/bug-report'
import { describe, expect, it } from 'vitest'

/** What the report says of a data directory, and of an engine that is not there. */
function reported(home: string, directory: string, reason = ''): unknown {
  const { data, engines } = JSON.parse(bugReport({
    versions: { app: '1', node: '24', sqlite: '3' },
    machine: { system: 'Linux', cpu: 'test CPU', cores: 8, memory: 1, freeMemory: 1 },
    data: { directory, database: 1, free: null },
    home,
    engines: [{ kind: 'unavailable', id: 'native', title: 'Native', numerics: 1, canCalibrate: false, calibrated: { kind: 'never' }, reason }],
    calibrating: null,
  })) as { data: { directory: string }, engines: { reason: string }[] }
  return [data.directory, engines[0]!.reason]
}

describe('a bug report', () => {
  it('has the user\'s folder as ~, wherever it stands', () => {
    expect(reported('/home/ada', '/home/ada/lab', '/home/ada/native.node cannot be loaded')).toEqual(['~/lab', '~/native.node cannot be loaded'])
    expect(reported('C:\\Users\\Ada', 'C:\\Users\\Ada\\lab')).toEqual(['~\\lab', ''])
    expect(reported('/home/ada/', '/home/ada')).toEqual(['~', ''])
  })

  it('leaves other folders as they are', () => {
    expect(reported('/home/ada', '/home/adam/lab')).toEqual(['/home/adam/lab', ''])
    expect(reported('/', '/var/lab')).toEqual(['/var/lab', ''])
  })

  it('does not tell the folder itself', () => {
    expect(bugReport({ versions: {}, home: '/home/ada' } as never)).not.toContain('ada')
  })
})
