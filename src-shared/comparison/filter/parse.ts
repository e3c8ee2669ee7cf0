import type { Field, Operator, Value } from './field'
import type { Condition, Filter } from './filter'
import type { Keyword, Token } from './tokens'
import type { WrongFilter } from './wrong'
import { atMost, nearest } from '../../words'
import { fieldFinder, operators, operatorsOf } from './field'
import { keywordOf, tokensOf, written } from './tokens'
import { exampleOf, valueOf } from './values'
import { unfinished, Wrong, wrong } from './wrong'

export type ParsedFilter = { readonly kind: 'filter', readonly filter: Filter } | WrongFilter

/**
 * Reads a filter (docs/filters.md). One without any condition takes everything.
 * @param fields what it may ask of a run
 */
export function parseFilter(text: string, fields: readonly Field[]): ParsedFilter {
  try {
    return { kind: 'filter', filter: new Parser(text, tokensOf(text), fields).filter() }
  }
  catch (error) {
    if (error instanceof Wrong)
      return error.outcome
    throw error
  }
}

/** What can follow the beginning of a filter. */
export type Expected
  /** A field, or what stands before one; `deeper` where `not` and a parenthesis may. */
  = | { readonly kind: 'condition', readonly deeper: boolean }
    | { readonly kind: 'operator', readonly field: Field }
    | { readonly kind: 'value', readonly field: Field }
    | { readonly kind: 'list' }
    | { readonly kind: 'rest of list' }
    /** `and`, `or`, the end; `closing` where a parenthesis is open. */
    | { readonly kind: 'connection', readonly closing: boolean }

/** What can follow the beginning of a filter that was cut between two of its pieces; nothing where that is wrong already. */
export function expectedAfter(text: string, fields: readonly Field[]): Expected | undefined {
  const parser = new Parser(text, tokensOf(text), fields)
  try {
    parser.filter()
  }
  catch (error) {
    if (!(error instanceof Wrong))
      throw error
    return error.unfinished ? parser.expected : undefined
  }
  return parser.expected
}

/** Parentheses and `not` within each other; no filter has as many, and reading them would run out of stack. */
const DEEPEST = 100

/** What people write who know another language. */
const spellings: Readonly<Record<string, string>> = { '==': '=', '===': '=', '≠': '!=', '<>': '!=', '!==': '!=', '≤': '<=', '=<': '<=', '≥': '>=', '=>': '>=', '!': 'not', '&&': 'and', '&': 'and', '||': 'or', '|': 'or', '=~': '~', '~=': '~' }

/** By recursive descent, a method a rule. */
class Parser {
  /** At the piece that was asked for last. */
  expected: Expected = { kind: 'condition', deeper: true }
  readonly #fieldNamed: (name: string) => Field | undefined
  /** Of the next piece. */
  #at = 0
  /** Parentheses. */
  #open = 0
  #depth = 0

  constructor(readonly text: string, readonly tokens: readonly Token[], readonly fields: readonly Field[]) {
    this.#fieldNamed = fieldFinder(fields)
  }

  filter(): Filter {
    if (this.tokens.length === 0)
      return { kind: 'everything' }
    const condition = this.#any()
    if (this.#next)
      throw this.#unconnected(this.#next)
    return condition
  }

  #any(): Condition {
    return this.#joined('or', () => this.#joined('and', () => this.#single()))
  }

  #joined(kind: 'and' | 'or', part: () => Condition): Condition {
    const parts = [part()]
    while (this.#takes(kind))
      parts.push(part())
    const conditions = parts.flatMap(one => one.kind === kind ? one.conditions : [one])
    return conditions.length === 1 ? conditions[0]! : { kind, conditions }
  }

  #single(): Condition {
    this.expected = { kind: 'condition', deeper: this.#depth < DEEPEST }
    const token = this.#next
    const condition = this.#takes('not')
      ? this.#deeper(token!, () => ({ kind: 'not', condition: this.#single() }))
      : this.#takes('(') ? this.#deeper(token!, () => this.#parenthesised(token!)) : this.#comparison()
    this.expected = { kind: 'connection', closing: this.#open > 0 }
    return condition
  }

  #deeper(token: Token, rule: () => Condition): Condition {
    if (++this.#depth > DEEPEST)
      throw wrong(token, 'this is nested too deeply')
    const condition = rule()
    this.#depth--
    return condition
  }

  #parenthesised(opening: Token): Condition {
    this.#open++
    const condition = this.#any()
    if (this.#next && !is(this.#next, ')'))
      throw this.#unconnected(this.#next)
    this.#close(opening)
    this.#open--
    return condition
  }

  #comparison(): Condition {
    const [named, field] = this.#field()
    const [sign, operator] = this.#operator(named, field)
    switch (operator) {
      case '=':
      case '!=': return { kind: 'equality', field: field.name, operator, value: this.#value(sign, field) }
      case 'in': return { kind: 'membership', field: field.name, values: this.#list(sign, field) }
      case '~': return { kind: 'contains', field: field.name, text: this.#text(sign, field).text }
      default: {
        const value = this.#value(sign, field)
        if (typeof value !== 'number')
          throw wrong(this.#last, `${operator} needs a number; ${value} is neither more nor less than one`)
        return { kind: 'order', field: field.name, operator, value }
      }
    }
  }

  #field(): [Token, Field] {
    const token = this.#next
    if (!token)
      throw unfinished(this.#last, `a condition is missing after ${this.#last.text}${this.#example()}`)
    const field = token.kind === 'word' || token.kind === 'quoted' ? this.#fieldNamed(token.text) : undefined
    if (token.kind === 'unclosed')
      throw unclosed(token)
    if (meantBy(token) === 'not')
      throw misspelt(token)
    if (token.kind === 'symbol' || keywordOf(token))
      throw wrong(token, `a ${is(token, ')') || keywordOf(token) ? 'condition' : 'field'} is missing before ${token.text}${this.#example()}`)
    if (!field)
      throw this.#unknown(token)
    this.#at++
    return [token, field]
  }

  #operator(named: Token, field: Field): [Token, Operator] {
    this.expected = { kind: 'operator', field }
    const fitting = operatorsOf(field)
    const example = exampleOf(named.text, field)
    const token = this.#next
    if (!token)
      throw unfinished(named, `${shown(named)} is compared with nothing; an example is ${example}`)
    const operator = token.kind === 'symbol' || keywordOf(token) ? operators.find(operator => is(token, operator)) : undefined
    if (operator === undefined) {
      if (meantBy(token) !== undefined && !['and', 'or', 'not'].includes(meantBy(token)!))
        throw misspelt(token)
      if (keywordOf(token) === 'not')
        throw wrong(token, `not stands before the field: not ${shown(named)} …`)
      throw token.kind === 'symbol' || keywordOf(token)
        ? wrong(named, `${shown(named)} is compared with nothing; an example is ${example}`, field.kind === 'boolean' ? example : undefined)
        : wrong(token, `a comparison is missing before ${shown(token)}; ${shown(named)} can be compared by ${listed(fitting)}`)
    }
    if (!fitting.includes(operator))
      throw wrong(token, `${shown(named)} is ${kinds[field.kind]}; it can be compared by ${listed(fitting)}`)
    this.#at++
    return [token, operator]
  }

  #list(sign: Token, field: Field): readonly Value[] {
    this.expected = { kind: 'list' }
    const opening = this.#next
    if (!opening)
      throw unfinished(sign, 'values are missing after in; they stand in parentheses, separated by commas')
    if (!this.#takes('('))
      throw wrong(opening, 'the values after in stand in parentheses, separated by commas')
    const values: Value[] = []
    do
      values.push(this.#value(this.#last, field))
    while (this.#takes(','))
    if (this.#next && !is(this.#next, ')'))
      throw wrong(this.#next, `a comma or a ) is missing before ${shown(this.#next)}`)
    this.expected = { kind: 'rest of list' }
    this.#close(opening)
    return values
  }

  #value(before: Token, field: Field): Value {
    const token = this.#text(before, field)
    const percent = this.#takes('%') ? this.#last : undefined
    return valueOf(token, percent, field)
  }

  /** The piece that is a value. */
  #text(before: Token, field: Field): Token {
    this.expected = { kind: 'value', field }
    const token = this.#next
    if (!token)
      throw unfinished(before, `a value is missing after ${before.text}`)
    if (token.kind === 'unclosed')
      throw unclosed(token)
    if (token.kind === 'symbol' || keywordOf(token))
      throw wrong(token, `a value is missing before ${token.text}${keywordOf(token) ? `; as a value it stands in quotes: "${token.text}"` : ''}`)
    this.#at++
    if (token.kind === 'word' && field.kind === 'text')
      this.#refuseMoreWords(token)
    return token
  }

  /** Of a text without quotes. */
  #refuseMoreWords(first: Token): void {
    const rest = this.tokens.slice(this.#at)
    const end = rest.findIndex(token => token.kind !== 'word' || keywordOf(token) !== undefined)
    const words = end < 0 ? rest : rest.slice(0, end)
    // The last one begins a condition where an operator follows.
    const last = end >= 0 && operators.some(operator => is(rest[end]!, operator)) ? words.at(-2) : words.at(-1)
    if (!last)
      return
    const text = this.text.slice(first.at, last.at + last.length)
    throw wrong({ at: first.at, length: text.length }, 'a text of several words stands in quotes', written(text))
  }

  #close(opening: Token): void {
    if (!this.#takes(')'))
      throw unfinished(opening, 'this parenthesis is not closed; a ) is missing')
  }

  /** What follows a whole condition. */
  #unconnected(token: Token): Wrong {
    if (token.kind === 'unclosed')
      return unclosed(token)
    if (is(token, ')'))
      return wrong(token, 'there is no ( that this closes')
    if (is(token, ','))
      return wrong(token, 'commas stand only between the values of a list: in (…, …)')
    const meant = meantBy(token)
    return meant === 'and' || meant === 'or'
      ? misspelt(token)
      : wrong(token, `"and" or "or" is missing before ${shown(token)}`, token.kind === 'symbol' && !is(token, '(') ? undefined : `and ${this.text.slice(token.at, token.at + token.length)}`)
  }

  #unknown(token: Token): Wrong {
    const near = nearest(token.text, this.fields.flatMap(({ name, aliases }) => [name, ...aliases]))
    const known = near === undefined ? `there is ${atMost(8, this.fields.map(({ name, aliases: [alias = name] }) => alias))}` : `did you mean ${near}?`
    return wrong(token, `there is no field ${written(token.text)}; ${known}`, near && written(near))
  }

  #example(): string {
    const [field] = this.fields
    return field ? `; an example is ${exampleOf(field.aliases[0] ?? field.name, field)}` : ''
  }

  get #next(): Token | undefined {
    return this.tokens[this.#at]
  }

  /** The piece that was taken last. */
  get #last(): Token {
    return this.tokens[this.#at - 1]!
  }

  /** Takes the next piece if it is this keyword or symbol. */
  #takes(text: Keyword | Mark): boolean {
    const taken = this.#next !== undefined && is(this.#next, text)
    if (taken)
      this.#at++
    return taken
  }
}

type Mark = '(' | ')' | ',' | '%'

const kinds: Readonly<Record<Field['kind'], string>> = { number: 'a number', text: 'a text', boolean: 'true or false' }

function is(token: Token, text: Keyword | Mark | Operator): boolean {
  return token.kind === 'symbol' ? token.text === text : keywordOf(token) === text
}

/** A piece within a sentence. */
function shown(token: Token): string {
  return token.kind === 'symbol' || keywordOf(token) ? token.text : written(token.text)
}

function unclosed(token: Token): Wrong {
  return wrong(token, 'this quote is not closed; a second one is missing at its end')
}

function meantBy({ kind, text }: Token): string | undefined {
  return kind === 'symbol' ? spellings[text] : undefined
}

function misspelt(token: Token): Wrong {
  const right = meantBy(token)
  return wrong(token, `${token.text} is written ${right} here`, right)
}

/** "=, != and in" */
function listed(operators: readonly Operator[]): string {
  return `${operators.slice(0, -1).join(', ')} and ${operators.at(-1)}`
}
