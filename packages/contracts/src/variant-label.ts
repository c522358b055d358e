import type { Locale, LocalizedText } from './scalars.ts'

type Option = { code: string; values: readonly { code: string; name: LocalizedText }[] }

/** The option values of a variant in words, in the order of the product's options: “Bleu lagon · M”. */
export function variantLabel(
  options: readonly Option[],
  chosen: Readonly<Record<string, string>>,
  locale: Locale,
): string {
  return options
    .flatMap((option) => {
      const code = chosen[option.code]
      if (code === undefined) return []
      const name = option.values.find((value) => value.code === code)?.name
      return [name?.[locale] || name?.fr || code]
    })
    .join(' · ')
}
