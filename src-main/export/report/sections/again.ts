import type { Section } from '../section'
import { experimentDocument } from '@shared/experiment/file'
import { html } from '../html'

export default {
  id: 'again',
  title: 'To repeat it',
  body({ stored: { slug, experiment } }) {
    const file = `${slug}.json`
    return html`<p>Save the document below as ${file}. On the same engine and kind of machine it gives the same numbers.</p>
<pre class="command">npm run -s lab -- run ${file}
npm run -s lab -- export ${slug} --format html</pre>
<h3>${file}</h3>
<pre tabindex="0" aria-label="The experiment's document">${JSON.stringify(experimentDocument(experiment), null, 2)}</pre>`
  },
} satisfies Section
