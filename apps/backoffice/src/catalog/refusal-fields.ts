import type { ApiError } from '@ecluse/contracts/client.ts'
import type { Draft } from './draft.ts'

/** Which field a refusal of the server is about, so that it can be said beside it; none when it is about the whole. */
export function fieldOfRefusal({ problem }: ApiError, draft: Draft): Record<string, string> {
  const details = problem.details ?? {}
  const variantPath = (name: 'sku' | 'gtin', field: string = name) => {
    const index = draft.variants.findIndex((variant) => variant[name] === details[name])
    return index < 0 ? null : `variants.${index}.${field}`
  }
  const paths: Record<string, () => string | null> = {
    'catalog.handle_taken': () => 'handle',
    'catalog.sku_taken': () => variantPath('sku'),
    'catalog.gtin_taken': () => variantPath('gtin'),
    'catalog.option_mismatch': () => variantPath('sku', 'options'),
    'catalog.unknown_category': () => 'categoryCodes',
  }
  const path = paths[problem.code]?.()
  if (path) return { [path]: problem.detail }
  return Object.fromEntries((problem.issues ?? []).map(({ path: at, message }) => [at.replace(/^body\./, ''), message]))
}
