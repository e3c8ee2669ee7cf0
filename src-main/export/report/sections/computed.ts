import type { Section } from '../section'
import { measures } from '@shared/measures'
import { html } from '../html'

export default {
  id: 'computed',
  title: 'How it was computed',
  body: ({ drawings }) => html`<dl>
${['test.accuracy', 'egf2', ...drawings.flatMap(({ measure }) => measure)].filter((id, i, all) => all.indexOf(id) === i).map(id => html`<dt>${measures.get(id).label}</dt><dd>${measures.get(id).definition}</dd>
`)}<dt>Mean ± sd</dt><dd>Arithmetic mean and sample standard deviation (n − 1) over the complete pairs of a cell. In figures at each point over the runs that have a value there.</dd>
<dt>p</dt><dd>Exact one-sided Wilcoxon signed-rank test of H0: sparse ≤ dense, over the accuracies of the pairs of a cell. Pairs without a difference are left out, ties have mid-ranks, and the distribution is that of all 2ⁿ signs given these ranks (Wilcoxon, Biometrics Bulletin 1945). n pairs can give no p below 2⁻ⁿ. Not corrected for the number of cells.</dd>
<dt>EGF in tables</dt><dd>Mean over 11 epochs spread evenly over training (all epochs where there are fewer), then over pairs.</dd>
<dt>Collapsed</dt><dd>Ended finite, its correct answers within the 99 % binomial quantile of guessing the most frequent class. Counted, and kept in the numbers.</dd>
</dl>`,
} satisfies Section
