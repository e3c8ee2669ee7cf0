/** What a number of a comparison is: shown one click from it, written beside exported tables, and a section of docs/statistics.md. */
export interface Definition {
  /** Also its anchor in docs/statistics.md. */
  readonly id: string
  readonly title: string
  /** One paragraph. */
  readonly definition: string
  readonly source: string
}

/** Every test, interval, correction and mark. */
export const definitions = [
  {
    id: 'wilcoxon-superiority',
    title: 'Superiority: Wilcoxon signed-rank test',
    definition: 'The differences of the pairs (sparse - dense) are ranked by magnitude; equal magnitudes share the mean of their ranks. W⁺ is the sum of the ranks of the positive ones, and p the probability of a W⁺ at least as large, were the sign of each difference that is not zero a fair coin. H0: sparse is no better than dense. Accuracies are compared as counts of correct answers, so that what is equal ties. p is exact up to 200 differences, counting all 2ⁿ patterns of signs; beyond, a normal approximation corrected for ties and continuity. Zeros are dropped before ranking (Wilcoxon) or ranked and then dropped (Pratt), as is stated. A two-sided p is twice the smaller one-sided one.',
    source: 'Wilcoxon (1945), Biometrics Bulletin 1(6), 80-83; Pratt (1959), Journal of the American Statistical Association 54, 655-667; exact distribution: Hollander, Wolfe and Chicken, Nonparametric Statistical Methods (2014), §3.1.',
  },
  {
    id: 'sign-test',
    title: 'Sign test',
    definition: 'p is the probability of so many positive differences among those that are not zero, were each sign a fair coin. It asks nothing of the differences but their sign: less is assumed than in the signed-rank test, and less is found. Exact at every n.',
    source: 'Conover, Practical Nonparametric Statistics (1999), §3.4.',
  },
  {
    id: 'hodges-lehmann',
    title: 'Hodges-Lehmann estimate and interval',
    definition: 'The estimate of the difference is the median of all means of two pairs\' differences, each with itself too (Walsh averages). The interval holds every shift of the differences that the signed-rank test, zeros by Pratt, does not reject two-sided at 1 - confidence. Its ends are Walsh averages, and whether an end belongs to it is stated. With too few pairs the test rejects nothing; then it is said how many would be needed.',
    source: 'Hodges and Lehmann (1963), Annals of Mathematical Statistics 34, 598-611; Hollander, Wolfe and Chicken, Nonparametric Statistical Methods (2014), §3.2 and §3.3.',
  },
  {
    id: 'rank-biserial',
    title: 'Matched rank-biserial correlation',
    definition: 'The effect size of the signed-rank test: (W⁺ - W⁻) / (W⁺ + W⁻), from -1 (every difference negative) over 0 to 1 (every difference positive), of the ranks that the test used.',
    source: 'Kerby (2014), Comprehensive Psychology 3, 11.IT.3.1.',
  },
  {
    id: 'non-inferiority',
    title: 'As good as: non-inferiority by a margin',
    definition: 'The signed-rank test, zeros by Pratt, of H0: sparse is worse than dense by the margin or more. The margin is kept as an exact fraction of correct answers. The lower bound is the inversion of the same test over all shifts at confidence 1 - α, so that p ≤ α exactly where minus the margin lies outside it. Sparse is as good as dense if p ≤ α. A large p of the superiority test does not show that.',
    source: 'Wellek, Testing Statistical Hypotheses of Equivalence and Noninferiority (2010), ch. 2 and 5.',
  },
  {
    id: 'equivalence',
    title: 'Alike: equivalence within a margin',
    definition: 'Two one-sided signed-rank tests, zeros by Pratt: of H0 that sparse is worse than dense by the margin or more, and of H0 that it is better by the margin or more. p is the larger of both. The interval has confidence 1 - 2α and is the inversion of the same tests, so that p ≤ α exactly where both margins lie outside it.',
    source: 'Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680.',
  },
  {
    id: 'contrast',
    title: 'Contrast of two treatments within a side',
    definition: 'What a treatment changes on one side: its value less that of the other treatment, in runs of the same capacity and seed, which share their random streams. Tested and estimated as the differences of pairs are. Runs without a partner, or that did not finish, are left out and counted.',
    source: 'Fisher, The Design of Experiments (1935), ch. 3 (pairing); the test is Wilcoxon (1945), Biometrics Bulletin 1(6), 80-83.',
  },
  {
    id: 'difference-in-differences',
    title: 'Difference in differences',
    definition: 'Whether a treatment does more for sparse networks than for dense ones: (sparse - dense) with the treatment less (sparse - dense) without it, for each capacity and seed. Tested and estimated as the differences of pairs are. Four runs make one; where any of them diverged or did not finish it is left out and counted.',
    source: 'Angrist and Pischke, Mostly Harmless Econometrics (2009), §5.2.',
  },
  {
    id: 'kendall-tau-b',
    title: 'Kendall\'s tau-b',
    definition: 'Of all pairs of runs, those that two measures order alike less those that they order oppositely, over the geometric mean of the numbers of pairs that each measure orders at all: -1 to 1. Absolute means without its sign. Its p is two-sided and holds if runs were independent, which runs of one seed or treatment are not: conclusions use the interval over clusters. p is exact up to 200 runs without ties, else a normal approximation corrected for ties.',
    source: 'Kendall (1945), Biometrika 33, 239-251; computed as Knight (1966), Journal of the American Statistical Association 61, 436-439.',
  },
  {
    id: 'spearman',
    title: 'Spearman\'s rho',
    definition: 'Pearson\'s correlation of the ranks of two measures, ties sharing the mean of their ranks: -1 to 1. Its p is two-sided, by Student\'s t with n - 2 degrees of freedom, never less than 2/n!, and holds if runs were independent.',
    source: 'Spearman (1904), American Journal of Psychology 15, 72-101; p: Zwillinger and Kokoska, Standard Probability and Statistics Tables and Formulae (2000), §14.7.',
  },
  {
    id: 'cluster-bootstrap',
    title: 'Bootstrap interval over clusters',
    definition: 'Clusters of runs (treatment x seed) are drawn with replacement, as many as there are, and the statistic is computed of all runs drawn. The interval is the middle 95 % of its values in 2,000 resamples, unless stated otherwise; resamples in which the statistic does not exist are left out and counted. The draws follow from a stated seed.',
    source: 'Field and Welsh (2007), Journal of the Royal Statistical Society B 69, 369-390.',
  },
  {
    id: 'bootstrap-mean',
    title: 'Bootstrap interval of a mean difference',
    definition: 'As many differences as there are pairs are drawn with replacement and averaged. The interval is the middle 95 % of the means of 10,000 resamples, unless stated otherwise. The draws follow from a stated seed. With fewer than about ten pairs it is too narrow.',
    source: 'Efron (1979), Annals of Statistics 7, 1-26; quantiles: Hyndman and Fan (1996), The American Statistician 50, 361-365, type 7.',
  },
  {
    id: 'holm',
    title: 'Holm\'s correction',
    definition: 'p-values of the m cells shown, adjusted so that those at most α are significant with at most α risk of even one false one: in ascending order the i-th is multiplied by m - i + 1, and is no smaller than the one before. Cells without a p are not counted.',
    source: 'Holm (1979), Scandinavian Journal of Statistics 6, 65-70.',
  },
  {
    id: 'benjamini-hochberg',
    title: 'Benjamini-Hochberg correction',
    definition: 'p-values of the m cells shown, adjusted so that of those at most q a share of at most q is expected to be false, if the tests are independent or positively dependent: in ascending order the i-th is multiplied by m / i, and is no larger than the one after. Cells without a p are not counted.',
    source: 'Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.',
  },
  {
    id: 'diverged-worst',
    title: 'p with divergence ranked worst',
    definition: 'A second signed-rank p in which a diverged run is the worst result there is: where one side of a pair diverged, the difference is beyond every finite one, and such differences tie among themselves; where both did, it is zero. The first p leaves such pairs out, as all estimates and intervals do. Differences in differences have no second p: pairs of which a run diverged are left out and counted.',
    source: 'Lachin (1999), Controlled Clinical Trials 20, 408-422 (worst-rank scores).',
  },
  {
    id: 'collapsed',
    title: 'Collapsed',
    definition: 'A run that ended finite but dead: its correct answers on the test set are within the 99 % binomial quantile of guessing the largest class each time. Collapsed runs are counted and kept in all tests and means.',
    source: 'Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 3 (the binomial distribution); the mark is our own.',
  },
] as const satisfies readonly Definition[]

export type DefinitionId = typeof definitions[number]['id']

export function definitionOf(id: DefinitionId): Definition {
  return definitions.find(definition => definition.id === id)!
}
