/** "1 pair", "2,560 examples". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : many}`
}

export function integer(value: number): string {
  return value.toLocaleString('en-US')
}
