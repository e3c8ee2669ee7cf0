import { Writable } from 'node:stream'

/** A stream that takes itself for a terminal, and shows what one would. */
export class Terminal extends Writable {
  readonly isTTY = true
  readonly rows = 24
  #lines: string[] = ['']
  #row = 0
  #column = 0

  constructor(readonly columns: number) {
    super({ decodeStrings: false })
  }

  /** Its lines, without what is empty below. */
  get shown(): string[] {
    return this.#lines.slice(0, this.#lines.findLastIndex(line => line !== '') + 1)
  }

  override _write(text: string, _: string, done: () => void): void {
    const [plain, ...rest] = text.split('\u001B[')
    this.#print(plain!)
    for (const part of rest) {
      const [, parameter, command, printed] = /^(\??\d*)([a-z])(.*)$/is.exec(part)!
      this.#obey(command!, parameter!)
      this.#print(printed!)
    }
    done()
  }

  #obey(command: string, parameter: string): void {
    const count = Number(parameter || 1)
    switch (command) {
      case 'A': return void (this.#row = Math.max(0, this.#row - count))
      case 'B': return void (this.#row += count)
      case 'G': return void (this.#column = count - 1)
      case 'K': return void (this.#lines[this.#row] = parameter === '2' ? '' : this.#line().slice(0, this.#column))
      // Cursor shown or hidden, output held back: nothing is seen of them.
      case 'h':
      case 'l': return
      default: throw new Error(`this terminal does not know ESC[${parameter}${command}`)
    }
  }

  #print(text: string): void {
    for (const [i, part] of text.split('\n').entries()) {
      if (i > 0) {
        this.#row++
        this.#column = 0
      }
      const line = this.#line()
      this.#lines[this.#row] = line.slice(0, this.#column).padEnd(this.#column) + part + line.slice(this.#column + part.length)
      this.#column += part.length
    }
  }

  #line(): string {
    while (this.#lines.length <= this.#row)
      this.#lines.push('')
    return this.#lines[this.#row]!
  }
}
