import type { StoredExperiment } from '../../store/experiments'
import type { Store } from '../../store/open'
import type { Facts } from './facts'
import type { Html } from './html'
import type { Section } from './section'
import { typeset } from '@shared/format'
import { ended } from '@shared/runs/state'
import { integer, plural } from '@shared/words'
import { answerOf } from '../../comparison/answer'
import { fontFaces } from '../svg/fonts'
import { factsOf } from './facts'
import { html } from './html'
import again from './sections/again'
import computed from './sections/computed'
import design from './sections/design'
import failures from './sections/failures'
import figures from './sections/figures'
import made from './sections/made'
import results from './sections/results'
import { style } from './style'

/** In the order in which one reads. */
const sections: readonly Section[] = [results, figures, design, failures, computed, made, again]

/** Whatever is in it, nothing is asked of any other place. */
const POLICY = 'default-src \'none\'; style-src \'unsafe-inline\'; font-src data:'

/**
 * An experiment as one HTML file that opens offline with no request: question, results, figures, design, failures,
 * versions, configuration, and the command that repeats it.
 * @param written when, and by which version of the product
 */
export async function reportOf(store: Store, experiment: StoredExperiment, written: Pick<Facts, 'now' | 'version'>): Promise<string> {
  const facts = factsOf(store, experiment, written)
  const parts: { section: Section, body: Html }[] = []
  for (const section of sections) {
    const body = await section.body(facts)
    if (body)
      parts.push({ section, body })
  }
  const { name, question } = experiment.experiment
  const body = html`<body>
<header>
<p class="product">Gradient Flow Lab · report</p>
<h1>${question || name}</h1>
<p class="name">${question ? `${name} · ` : ''}${progress(facts)}</p>
${answer(facts)}
<nav aria-label="Sections"><ul>${parts.map(({ section: { id, title } }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main>
${parts.map(({ section: { id, title }, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}
</section>
`)}</main>
</body>`
  const title = html`<title>${name} · Gradient Flow Lab</title>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
${title.source}
<style>${await fontFaces(body.source)}
${style}</style>
</head>
${body.source}
</html>
`
}

/** The file's name. */
export function reportName({ slug }: StoredExperiment): string {
  return `${slug}-report.html`
}

/** "32 of 32 runs have ended", and that it is not the last word where more are to come. */
function progress({ runs }: Facts): string {
  const count = runs.filter(({ state }) => ended(state.kind)).length
  return `${integer(count)} of ${plural(runs.length, 'run')} ${count === 1 ? 'has' : 'have'} ended${count < runs.length ? ': a preliminary report' : ''}`
}

function answer({ stored: { experiment }, comparison }: Facts): Html | undefined {
  const found = answerOf(experiment, comparison)
  return found === undefined ? undefined : html`<p class="answer">${typeset(found)}</p>`
}
