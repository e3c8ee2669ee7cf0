import { z } from 'zod'

/** What a parameter's values are, and so how one is entered. */
export type Kind
  = | { readonly kind: 'choice', readonly options: readonly string[] }
    | { readonly kind: 'switch' }
    /** A number, or one of these words. */
    | { readonly kind: 'number', readonly words: readonly string[] }

export function kindOf(type: z.ZodType): Kind {
  const schema = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' })
  if (schema.type === 'boolean')
    return { kind: 'switch' }
  if (schema.enum)
    return { kind: 'choice', options: schema.enum.map(String) }
  const words = (schema.anyOf ?? []).flatMap(one => typeof one === 'object' && typeof one.const === 'string' ? [one.const] : [])
  return { kind: 'number', words }
}
