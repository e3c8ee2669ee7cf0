/**
 * Advance widths of the font of figures (resources/fonts), in hundredths of its size, in steps of 2: enough to lay text
 * out where nothing is drawn yet, on the screen and in files alike. Kerning is left out.
 */
const widths: readonly (readonly [width: number, characters: string])[] = [
  [24, 'ijlìíîï'],
  [26, 'I¸ÌÍÎÏΙΪ‘’'],
  [28, ' !,.:\u00A0¡¦·ίι'],
  [30, '\';¹₁'],
  [32, '`t´'],
  [34, '|'],
  [36, '()/[\\]f'],
  [38, 'r'],
  [40, '₇⁷'],
  [42, '{}⁻⁺'],
  [44, '²³г“”₂₃₅₆₈₉⁵⁶⁸⁹ⁿ'],
  [46, '"-_ª°τт₀₄⁰⁴'],
  [48, '^¯º‖'],
  [50, '*ζз–'],
  [52, '?s¿κ'],
  [54, 'kxέεкх'],
  [56, 'Lavyz¥§àáâãäåýÿγξςχавуья•'],
  [58, 'Jce¢«µ»çèéêëðΓδμνГелнпсчэ'],
  [60, 'EFhnou¨¶ÈÉÊËñòóôõöøùúûüΕήΰβηοπυЕбийоц'],
  [62, 'Zbdgpq£ßþΖθρσЗУдр√'],
  [64, '#$&0123456789PRSTÞΡΤλБРТЬЯъ∂∑'],
  [66, '+<=>B~¬®±×÷ΒΞάαВ⊙−≤≥≈'],
  [68, 'AKVXYÀÁÂÃÄÅÝΑΔΚΛΣΥΧΫАКХф'],
  [70, 'Ч'],
  [72, 'CD¤ÇφСЦЭ'],
  [74, 'GHUÐÙÚÛÜΗΠЛНПы'],
  [76, 'NOQÑÒÓÔÕÖØΘΝΟΩИЙОм'],
  [78, 'ψ'],
  [80, '¼ωж'],
  [82, 'wДФЪш'],
  [84, '½щю↑↓'],
  [86, '…'],
  [88, 'm¾ΦΨЫ'],
  [90, 'MΜМ'],
  [92, '©æ'],
  [94, '∞'],
  [96, '@ЖШ←→'],
  [98, '%WЩ'],
  [100, 'Æ—'],
  [102, 'Ю'],
]

const widthOf = new Map(widths.flatMap(([width, characters]) => [...characters].map(character => [character, width / 100])))

/** About as wide as most capitals; ideographs and emoji are wider. */
const OTHER = 0.7
const WIDE = 1

/** Bold (600) is this much wider. */
const BOLD = 1.02

/** The width of a line of text, in the unit of `size`. */
export function textWidth(text: string, size: number, bold = false): number {
  const ems = [...text].reduce((sum, character) => sum + (widthOf.get(character) ?? (character > '\u2E80' ? WIDE : OTHER)), 0)
  return ems * size * (bold ? BOLD : 1)
}

/** Whether the font of figures has all of these characters, as far as is known here. */
export function isInFont(text: string): boolean {
  return [...text].every(character => widthOf.has(character) || /\s/.test(character))
}

/** The text, or as much of it as fits, with an ellipsis. */
export function fitted(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width)
    return text
  const characters = [...text]
  while (characters.length > 1 && textWidth(`${characters.join('').trimEnd()}…`, size, bold) > width)
    characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** The text, or both its ends with an ellipsis between them: names of layers differ at either. */
export function fittedMiddle(text: string, width: number, size: number): string {
  const characters = [...text]
  for (let left = characters.length; left > 2; left--) {
    const kept = left === characters.length ? text : `${characters.slice(0, Math.ceil(left / 2)).join('')}…${characters.slice(-Math.floor(left / 2)).join('')}`
    if (textWidth(kept, size) <= width)
      return kept
  }
  return fitted(text, width, size)
}
