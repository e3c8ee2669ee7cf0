/** Source of HTML, as opposed to text that is put into it. */
export class Html {
  constructor(readonly source: string) {}
}

type Part = string | number | Html | readonly Html[] | undefined

/** Every text that is put in is shown as it is, whatever is in it; nothing for undefined. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.map((literal, i) => i === 0 ? literal : sourceOf(parts[i - 1]) + literal).join(''))
}

function sourceOf(part: Part): string {
  if (part === undefined)
    return ''
  if (part instanceof Html)
    return part.source
  if (typeof part === 'object')
    return part.map(({ source }) => source).join('')
  return String(part).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}

/** A list of sentences, one below the other; nothing where there is none. */
export function sentences(texts: readonly string[]): Html[] {
  return texts.map(text => html`<p>${text}</p>`)
}
