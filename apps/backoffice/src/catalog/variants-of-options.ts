import { newVariant, slugOf, type Draft, type DraftOption, type DraftVariant } from './draft.ts'

/** Every combination of the values of some options: two colours and three sizes make six. */
export function combinationsOf(options: readonly DraftOption[]): Record<string, string>[] {
  return options.reduce<Record<string, string>[]>(
    (sofar, option) => sofar.flatMap((chosen) => option.values.map(({ code }) => ({ ...chosen, [option.code]: code }))),
    [{}],
  )
}

/** The combinations no variant stands for yet. */
export function missingVariants(draft: Draft): Record<string, string>[] {
  if (draft.options.length === 0) return []
  const existing = new Set(draft.variants.map(({ options }) => keyOf(draft.options, options)))
  return combinationsOf(draft.options).filter((options) => !existing.has(keyOf(draft.options, options)))
}

/** Adds the missing variants. Price and weight are those of the first one; the SKU is made from the name and the values. */
export function withMissingVariants(draft: Draft): DraftVariant[] {
  const model = draft.variants[0]
  const base = slugOf(draft.handle || draft.name.fr).slice(0, 40)
  const added = missingVariants(draft).map((options) =>
    newVariant({
      options,
      sku: [base, ...draft.options.map(({ code }) => slugOf(options[code] ?? ''))]
        .filter(Boolean)
        .join('-')
        .toUpperCase(),
      priceMinor: model?.priceMinor ?? null,
      compareAtMinor: model?.compareAtMinor ?? null,
      weightGrams: model?.weightGrams ?? null,
    }),
  )
  const kept = draft.variants.filter(({ options, sku }) => isComplete(draft.options, options) || sku !== '')
  // The single variant of a product without options becomes the first of its combinations, and keeps its SKU and GTIN.
  const lone = kept.length === 1 && kept[0] && !isComplete(draft.options, kept[0].options) ? kept[0] : undefined
  const first = added[0]
  if (lone && first) return [{ ...lone, options: first.options }, ...added.slice(1)]
  return [...kept, ...added]
}

/** The values of a variant in words: “Bleu lagon · M”. */
export function labelOf(options: readonly DraftOption[], chosen: Record<string, string>, locale: 'fr' | 'en'): string {
  return options
    .map(({ code, values }) => {
      const value = values.find((known) => known.code === chosen[code])
      return value ? value.name[locale] || value.name.fr : (chosen[code] ?? '')
    })
    .filter(Boolean)
    .join(' · ')
}

function isComplete(options: readonly DraftOption[], chosen: Record<string, string>): boolean {
  return options.every(({ code, values }) => values.some((value) => value.code === chosen[code]))
}

function keyOf(options: readonly DraftOption[], chosen: Record<string, string>): string {
  return options.map(({ code }) => chosen[code] ?? '').join('\u0000')
}
