import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Queryable } from '../../kernel/db.ts'
import { translatedTexts } from './queries/lookups.ts'

/**
 * A file in one language gives both languages its texts. Where somebody has translated a product since, the translation
 * stays, and the file speaks for its own language only.
 */
export async function keepTranslations(
  db: Queryable,
  inputs: readonly ProductInput[],
  locale: Locale,
): Promise<ProductInput[]> {
  const untranslated = inputs.filter(
    ({ name, description }) => name.fr === name.en && description.fr === description.en,
  )
  if (untranslated.length === 0) return [...inputs]
  const known = await translatedTexts(
    db,
    untranslated.map(({ handle }) => handle),
  )
  const texts = new Map(known.map((text) => [text.handle, text]))
  return inputs.map((input) => {
    const text =
      input.name.fr === input.name.en && input.description.fr === input.description.en && texts.get(input.handle)
    if (!text) return input
    const other = locale === 'fr' ? 'en' : 'fr'
    const name =
      text.nameFr === text.nameEn ? input.name : { ...input.name, [other]: other === 'en' ? text.nameEn : text.nameFr }
    const description =
      text.descriptionFr === text.descriptionEn
        ? input.description
        : { ...input.description, [other]: other === 'en' ? text.descriptionEn : text.descriptionFr }
    return { ...input, name, description }
  })
}
