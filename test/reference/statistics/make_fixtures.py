"""What the statistics are held against: whole-number arithmetic of Python's own, and SciPy.

    python3 -m venv .venv && .venv/bin/pip install scipy
    .venv/bin/python test/reference/statistics/make_fixtures.py     # writes fixtures.json beside this file

Exact p-values count sign patterns in integers of any length: the polynomial whose coefficient of x^s is the number of
patterns with doubled rank sum s is kept as one integer, a digit per coefficient. Intervals come from their definition,
the shifts that are not rejected: all places are tried where there are few, and that they are one stretch is asserted;
where there are many it is searched for by halving and places around it and at random are tried.
SciPy answers for untied Wilcoxon tests, normal approximations, the sign test, tau-b, Spearman and Benjamini-Hochberg.
"""

import json
import math
import random
from fractions import Fraction
from pathlib import Path

from scipy import stats

EXACT = 200  # ranked differences
EXACT_NONZERO = 50
ALPHA = Fraction(1, 20)
rng = random.Random(20261)


def doubled_ranks(values, zeros):
    """[(difference, twice its mid-rank)] of those that are not zero."""
    if zeros == "wilcoxon":
        values = [v for v in values if v != 0]
    ordered = sorted(values, key=abs)
    ranked, start = [], 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and abs(ordered[end]) == abs(ordered[start]):
            end += 1
        ranked += [(v, start + 1 + end) for v in ordered[start:end]]
        start = end
    return [(v, r) for v, r in ranked if v != 0], len(values)


def count_at_least(ranks, least):
    """How many of the 2^n subsets of the ranks sum to at least so much."""
    bits = len(ranks) + 2
    polynomial = 1
    for rank in ranks:
        polynomial += polynomial << (rank * bits)
    # The sum of the digits in base B is the number modulo B - 1.
    return (polynomial >> (max(least, 0) * bits)) % ((1 << bits) - 1)


def signed_rank(values, zeros):
    """n, twice W+, and p for greater, less, two-sided; None where all are zero."""
    pairs, ranked = doubled_ranks(values, zeros)
    if not pairs:
        return None
    ranks = [r for _, r in pairs]
    n, total, positive = len(ranks), sum(ranks), sum(r for v, r in pairs if v > 0)
    if ranked <= EXACT or n <= EXACT_NONZERO:
        greater, less = (Fraction(count_at_least(ranks, s), 2**n) for s in (positive, total - positive))
        return n, positive, greater, less, min(Fraction(1), 2 * min(greater, less))
    spread = math.sqrt(sum(r * r for r in ranks)) / 4
    tail = lambda s: math.erfc((s / 2 - total / 4 - 0.5) / spread / math.sqrt(2)) / 2
    return n, positive, tail(positive), tail(total - positive), min(1, 2 * min(tail(positive), tail(total - positive)))


def p_at(values, shift, side):
    found = signed_rank([v - shift for v in values], "pratt")
    return Fraction(1) if found is None else found[2 if side == "greater" else 3]


def limit(values, alpha, side):
    """[end, whether it belongs to it] of the shifts that are not rejected on a side; None where there is no end."""
    sign = 1 if side == "greater" else -1
    walsh = sorted({Fraction(a + b, 2) for a in values for b in values}, key=lambda w: sign * w)
    places = [walsh[0] - sign]
    for i, average in enumerate(walsh):
        places += [average, (average + walsh[i + 1]) / 2 if i + 1 < len(walsh) else average + sign]
    rejected = lambda place: p_at(values, places[place], side) <= alpha
    if len(values) <= 12:
        all_of_them = [rejected(place) for place in range(len(places))]
        first = all_of_them.index(False)
        assert not any(all_of_them[first:]), values
    else:
        low, first = -1, len(places) - 1
        while first - low > 1:
            middle = (low + first) // 2
            low, first = (middle, first) if rejected(middle) else (low, middle)
        around = {first + d for d in range(-3, 4)} | {rng.randrange(len(places)) for _ in range(8)}
        assert all(rejected(place) == (place < first) for place in around if 0 <= place < len(places)), values
    if first == 0:
        return None
    return [float(walsh[(first - 1) // 2]), first % 2 == 1]


def median_of_walsh(values):
    walsh = sorted(Fraction(values[i] + values[j], 2) for i in range(len(values)) for j in range(i + 1))
    middle = len(walsh) // 2
    return float(walsh[middle] if len(walsh) % 2 else (walsh[middle - 1] + walsh[middle]) / 2)


def numbers(found):
    return None if found is None else [found[0], found[1] / 2, *(float(p) for p in found[2:])]


def drawn(n, kind):
    centre = rng.choice([-1, 0, 0, 1, 2])
    match kind:
        case "few":  # ties and zeros abound
            return [rng.randint(-3, 3) + centre for _ in range(n)]
        case "counts":
            return [round(rng.gauss(20 * centre, 60)) for _ in range(n)]
        case "zeros":
            return [rng.choice([0, 0, rng.randint(-9, 9)]) for _ in range(n)]
        case "equal":
            return [centre or 7] * n
        case "untied":
            return [m * rng.choice([-1, 1, 1]) for m in rng.sample(range(1, 10 * n + 1), n)]
        case "huge":
            return [rng.randint(-4, 5) * 10**15 for _ in range(n)]
        case "tiny":
            return [rng.randint(-4, 5) * 2.0**-1000 for _ in range(n)]


def signed_rank_cases():
    kinds = ["few", "counts", "zeros", "untied"]
    lists = [drawn(n, kind) for n in range(1, 61) for kind in kinds]
    lists += [drawn(n, kind) for n in (1, 2, 5, 9, 23, 60) for kind in ("equal", "huge", "tiny")]
    lists += [[0] * n for n in (1, 4, 30)]
    lists += [drawn(n, kind) for n in (100, 150, 200) for kind in ("few", "counts")]
    lists += [[0] * 190 + drawn(n, "few") for n in (8, 30)]
    lists += [drawn(n, kind) for n in (201, 240, 300) for kind in ("few", "zeros", "untied")]
    return [[d, *(numbers(signed_rank(d, zeros)) for zeros in ("wilcoxon", "pratt"))] for d in lists]


def interval_cases():
    kinds = ["few", "counts", "zeros", "untied"]
    lists = [drawn(n, kind) for n in range(1, 31) for kind in kinds] + [drawn(n, kind) for n in (40, 50, 60) for kind in ("few", "counts")]
    lists += [drawn(n, "equal") for n in (3, 6, 12)]
    cases = []
    for d in lists:
        # Margins at a breakpoint, beside it, and of thirds of a count.
        margin = abs(rng.choice([Fraction(rng.choice(d) + rng.choice(d), 2), Fraction(rng.randint(0, 60), 3), Fraction(rng.randint(0, 12), 2)]))
        two_sided = [limit(d, ALPHA / 2, side) for side in ("greater", "less")]
        one_sided = [limit(d, ALPHA, side) for side in ("greater", "less")]
        ps = [p_at(d, -margin, "greater"), p_at(d, margin, "less")]
        for p, shift, end, sign in zip(ps, (-margin, margin), one_sided, (1, -1)):
            beyond = end is not None and (sign * shift < sign * Fraction(end[0]) or (shift == Fraction(end[0]) and not end[1]))
            assert (p <= ALPHA) == beyond, d
        cases.append([d, median_of_walsh(d), two_sided, one_sided, [margin.numerator, margin.denominator], [float(p) for p in ps]])
    return cases


def scipy_wilcoxon_cases():
    cases = []
    for n in [*range(2, 61, 2), 100, 200]:
        d = drawn(n, "untied")
        cases.append([d, "wilcoxon", "exact", *(float(stats.wilcoxon(d, alternative=side, method="exact").pvalue) for side in ("greater", "less", "two-sided"))])
    for n in (210, 260, 320):
        for kind in ("untied", "few", "zeros"):
            d = drawn(n, kind)
            if sum(v != 0 for v in d) <= 200:
                d += drawn(210, "few")
            for zeros, method in (("wilcoxon", "wilcox"), ("pratt", "pratt")):
                if sum(v != 0 for v in d) <= (200 if zeros == "wilcoxon" else 50):
                    continue
                cases.append([d, zeros, "normal", *(float(stats.wilcoxon(d, alternative=side, method="asymptotic", correction=True, zero_method=method).pvalue) for side in ("greater", "less", "two-sided"))])
    return cases


def sign_cases():
    cases = []
    for n in [*range(1, 31, 3), 60, 333, 1000, 3000]:
        k = rng.randint(0, n)
        cases.append([n, k, *(float(stats.binomtest(k, n, alternative=side).pvalue) for side in ("greater", "less", "two-sided"))])
    return cases


def correlation_cases():
    cases = []
    for i in range(90):
        n = 3 + i if i < 60 else rng.randint(3, 150)
        pull = rng.choice([0, 0.3, 1, 4, -2])
        spread = rng.choice([3, 6, 10**6])
        x = [rng.randint(0, spread) for _ in range(n)]
        y = [round(pull * v + rng.randint(0, spread)) for v in x]
        if len(set(x)) == 1 or len(set(y)) == 1:
            continue
        tied = len(set(x)) < n or len(set(y)) < n
        kendall = stats.kendalltau(x, y, method="asymptotic" if tied else "exact")
        spearman = stats.spearmanr(x, y)
        p = max(float(spearman.pvalue), 2 / math.factorial(n))  # SciPy says 0 of three points on a line
        cases.append([x, y, float(kendall.statistic), float(kendall.pvalue), float(spearman.statistic), min(1, p)])
    return cases


def many_cases():
    lists = [[rng.choice([rng.random(), rng.random() / 100, 2.0 ** -rng.randint(1, 9)]) for _ in range(m)] for m in range(1, 21)]
    return [[ps, [float(p) for p in stats.false_discovery_control(ps, method="bh")]] for ps in lists]


fixtures = {
    "signedRank": signed_rank_cases(),
    "intervals": interval_cases(),
    "scipyWilcoxon": scipy_wilcoxon_cases(),
    "signTest": sign_cases(),
    "correlations": correlation_cases(),
    "benjaminiHochberg": many_cases(),
}
text = "{\n" + ",\n".join(f'"{name}": [\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]" for name, cases in fixtures.items()) + "\n}\n"
Path(__file__).with_name("fixtures.json").write_text(text)
print({name: len(cases) for name, cases in fixtures.items()}, sum(map(len, fixtures.values())), "cases,", len(text), "bytes")
