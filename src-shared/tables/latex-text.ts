import { typeset } from '../format'

/** What LaTeX writes otherwise than it is written here. */
const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '$': '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  '_': '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '"': '\'\'',
  '−': '$-$',
  '–': '--',
  '—': '---',
  '…': '\\ldots{}',
  '±': '$\\pm$',
  '×': '$\\times$',
  '·': '$\\cdot$',
  '≤': '$\\le$',
  '≥': '$\\ge$',
  '≠': '$\\ne$',
  '≈': '$\\approx$',
  '∞': '$\\infty$',
  '→': '$\\to$',
  '‖': '$\\|$',
  '⊙': '$\\odot$',
  'Σ': '$\\Sigma$',
  'Δ': '$\\Delta$',
  'α': '$\\alpha$',
  'β': '$\\beta$',
  'γ': '$\\gamma$',
  'ε': '$\\varepsilon$',
  'η': '$\\eta$',
  'θ': '$\\theta$',
  'λ': '$\\lambda$',
  'μ': '$\\mu$',
  'ρ': '$\\rho$',
  'σ': '$\\sigma$',
  'τ': '$\\tau$',
  'φ': '$\\varphi$',
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉'
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'
const RAISED = '0123456789+-'

/** A text as LaTeX source that shows just it, as figures write it. */
export function latexText(text: string): string {
  const raised = (characters: string, of: string): string => [...characters].map(character => RAISED[of.indexOf(character)]).join('')
  return typeset(text).replace(/\s+/g, ' ').replace(/[₀₁₂₃₄₅₆₇₈₉]+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+|./gu, (found) => {
    if (SUBSCRIPTS.includes(found[0]!))
      return `$_{${raised(found, SUBSCRIPTS)}}$`
    if (SUPERSCRIPTS.includes(found[0]!))
      return `$^{${raised(found, SUPERSCRIPTS)}}$`
    return commands[found] ?? found
  }).replaceAll('$$', '')
}
