import type { Locale } from './scalars.ts'

const first =
  /\b1(?=\s(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)(?![\p{L}.]))/gu

/** A date written out, as French has it: its first day of a month is an ordinal, “1er mai”; `Intl` writes “1 mai”. */
export function withFirstOfMonth(text: string, locale: Locale): string {
  return locale === 'fr' ? text.replace(first, '1er') : text
}
