/**
 * One content security policy for both hosts. Inline styles stay allowed: Nuxt UI's colours, drawers and ECharts'
 * tooltips write them; and fonts within a page's own text: a report is shown in a frame that takes this policy over.
 */
export function csp(host: 'http' | 'app'): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `worker-src 'self'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self' data:`,
    `connect-src ${host === 'http' ? `'self'` : `'none'`}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}
