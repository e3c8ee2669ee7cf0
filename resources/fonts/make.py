"""Makes the fonts of figures from @expo-google-fonts/inter (SIL OFL 1.1): python make.py <its folder>; needs fontTools.

Two changes, because what draws our PNGs cannot ask a font for its features: digits are the tabular ones (Inter's own
feature "tnum"), and U+2299 (circled dot, of a masked gradient), which Inter lacks, is drawn.
"""
import math
import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

source = Path(sys.argv[1])
for static, name, stroke in [('400Regular/Inter_400Regular.ttf', 'Inter-Regular.ttf', 150), ('600SemiBold/Inter_600SemiBold.ttf', 'Inter-SemiBold.ttf', 220)]:
    font = TTFont(source / static, recalcTimestamp=False)
    tabular = {k: v for r in font['GSUB'].table.FeatureList.FeatureRecord if r.FeatureTag == 'tnum'
               for i in r.Feature.LookupListIndex for s in font['GSUB'].table.LookupList.Lookup[i].SubTable
               for k, v in getattr(s, 'ExtSubTable', s).mapping.items()}
    for table in font['cmap'].tables:
        for code in map(ord, '0123456789'):
            if code in table.cmap:
                # Tables share their maps.
                table.cmap[code] = tabular.get(table.cmap[code], table.cmap[code])
    minus = font['cmap'].getBestCmap()[0x2212]
    width = font['hmtx'][minus][0]
    minus_shape = font['glyf'][minus]
    middle = (minus_shape.yMin + minus_shape.yMax) / 2
    pen = TTGlyphPen(None)
    for radius, clockwise in [(width * 0.42, True), (width * 0.42 - stroke, False), (stroke * 0.85, True)]:
        angles = [math.tau * i / 16 * (-1 if clockwise else 1) for i in range(16)]
        # Off-curve points only: a closed quadratic spline.
        control = radius / math.cos(math.pi / 16)
        pen.qCurveTo(*[(round(width / 2 + control * math.cos(a)), round(middle + control * math.sin(a))) for a in angles], None)
        pen.closePath()
    glyph = pen.glyph()
    font.setGlyphOrder(font.getGlyphOrder() + ['circleddot'])
    font['glyf']['circleddot'] = glyph
    glyph.recalcBounds(font['glyf'])
    font['hmtx']['circleddot'] = (width, glyph.xMin)
    for table in font['cmap'].tables:
        if table.isUnicode():
            table.cmap[0x2299] = 'circleddot'
    font.save(Path(__file__).parent / name)
