/** A piece of a filter's text. */
export interface Token {
  /** 'unclosed' is a quoted text without its second quote; a 'symbol' may be one that means nothing. */
  readonly kind: 'word' | 'quoted' | 'unclosed' | 'symbol'
  /** Without quotes and escapes. */
  readonly text: string
  /** Where it begins, from 0. */
  readonly at: number
  /** As it is written. */
  readonly length: number
}

export const keywords = ['and', 'or', 'not', 'in'] as const
export type Keyword = typeof keywords[number]

const symbol = /[=!<>~&|≤≥≠]+|[(),%]/y
const word = /[^\s"'(),%=!<>~&|≤≥≠]+/y
const space = /\s*/y

/** Cuts a text into its pieces; there is none that cannot be cut. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = after(space, text, 0); at < text.length; at = after(space, text, at)) {
    const token = tokenAt(text, at)
    tokens.push(token)
    at += token.length
  }
  return tokens
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of [['word', word], ['symbol', symbol]] as const) {
    const end = after(pattern, text, at)
    if (end > at)
      return { kind, text: text.slice(at, end), at, length: end - at }
  }
  return quotedAt(text, at)
}

function quotedAt(text: string, at: number): Token {
  let inner = ''
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === text[at])
      return { kind: 'quoted', text: inner, at, length: i + 1 - at }
    inner += text[i] === '\\' ? text[++i] ?? '' : text[i]
  }
  return { kind: 'unclosed', text: inner, at, length: text.length - at }
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** The keyword that a piece is, in any case of letters; in quotes it is none. */
export function keywordOf({ kind, text }: Token): Keyword | undefined {
  return kind === 'word' ? keywords.find(keyword => keyword === text.toLowerCase()) : undefined
}

/** A name or a value as a filter holds it: in quotes where it would be read as something else. */
export function written(text: string): string {
  const [token, ...more] = tokensOf(text)
  const isWord = token?.kind === 'word' && token.length === text.length && more.length === 0 && keywordOf(token) === undefined
  return isWord ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
}
