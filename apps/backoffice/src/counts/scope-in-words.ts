import type { CountSummary } from '@ecluse/contracts/stock-counts.ts'
import type { Translate } from '../app/i18n.ts'

/** What is counted: the whole place, a category of it, or some articles. */
export function scopeInWords(t: Translate, count: Pick<CountSummary, 'scope' | 'categoryName'>): string {
  return count.scope === 'category' ? (count.categoryName ?? '') : t(`count.scope.${count.scope}`)
}
