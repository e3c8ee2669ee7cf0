/** How a user calls this program; npm hands on what stands after the dashes. */
export const LAB = 'npm run -s lab --'

/** A command as it must be typed again, whatever shell. */
export function typed(words: readonly string[]): string {
  return words.map(word => /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll('\'', '\'\\\'\'')}'`).join(' ')
}

/** Exit codes of every command, as `lab --help` lists them. */
export const exitCodes = {
  ok: { code: 0, help: 'done' },
  defect: { code: 1, help: 'an error of the program itself' },
  invalid: { code: 2, help: 'the command, the experiment or a name in it is not valid; nothing was changed' },
  data: { code: 3, help: 'the data directory cannot be used: in use, not permitted, full, damaged, of a newer version' },
  failed: { code: 4, help: 'some runs failed or cannot be trained here; the others are stored' },
  interrupted: { code: 130, help: 'interrupted by Ctrl-C; everything goes on when the same command is given again' },
} as const

/** An expected end of a command: a message for stderr and an exit code. */
export class CommandEnd extends Error {
  /** @param said whether stdout has it already, with --json */
  constructor(readonly exit: keyof typeof exitCodes, message: string, readonly said = false) {
    super(message)
  }
}
