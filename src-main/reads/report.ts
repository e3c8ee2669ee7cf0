/** A defect is told in the terminal; the page hears only that there was one. */
export function reportDefect(error: unknown): void {
  const isExpected = error instanceof Error && ('defined' in error || (error as { code?: string }).code === 'BAD_REQUEST')
  if (error instanceof Error && !isExpected)
    process.stderr.write(`${error.stack}\n`)
}
