import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import { gtinCheckDigit, type LocalizedText } from '@ecluse/contracts/scalars.ts'
import { createSeededRng } from '../../src/kernel/rng.ts'

/** Words a seeded catalogue is made of: enough to search, filter and mistype. */
const goods: readonly LocalizedText[] = [
  { fr: 'Vélo de ville', en: 'City bike' },
  { fr: 'Vélo électrique', en: 'Electric bike' },
  { fr: 'VTT semi-rigide', en: 'Hardtail mountain bike' },
  { fr: 'Casque', en: 'Helmet' },
  { fr: 'Tente légère', en: 'Light tent' },
  { fr: 'Sac à dos', en: 'Backpack' },
  { fr: 'Chaussures de randonnée', en: 'Hiking boots' },
  { fr: 'Veste imperméable', en: 'Waterproof jacket' },
  { fr: 'Réchaud à gaz', en: 'Gas stove' },
  { fr: 'Lampe frontale', en: 'Headlamp' },
  { fr: 'Pompe à pied', en: 'Floor pump' },
  { fr: 'Chaîne 11 vitesses', en: '11-speed chain' },
  { fr: 'Pneu renforcé', en: 'Reinforced tyre' },
  { fr: 'Gourde isotherme', en: 'Insulated bottle' },
  { fr: 'Étagère de garage', en: 'Garage shelf' },
]
const lines = ['Alizé', 'Bora', 'Cers', 'Mistral', 'Noroît', 'Simoun', 'Suroît', 'Tramontane', 'Zéphyr', 'Pampero']
const brands = ['Alizé', 'Cap Ouest', 'Grand Large', 'Névé', 'Sillage', 'Tramail']
const colours: readonly { code: string; name: LocalizedText }[] = [
  { code: 'bleu', name: { fr: 'Bleu lagon', en: 'Lagoon blue' } },
  { code: 'rouge', name: { fr: 'Rouge brique', en: 'Brick red' } },
  { code: 'vert', name: { fr: 'Vert mousse', en: 'Moss green' } },
  { code: 'noir', name: { fr: 'Noir', en: 'Black' } },
]
const sizes = ['s', 'm', 'l', 'xl'].map((code) => ({
  code,
  name: { fr: code.toUpperCase(), en: code.toUpperCase() },
}))

/** Categories of the seeded catalogue, parents first. */
export const seededCategories = [
  { code: 'velos', parentCode: null, name: { fr: 'Vélos', en: 'Bikes' }, position: 1 },
  { code: 'ville', parentCode: 'velos', name: { fr: 'Ville', en: 'City' }, position: 1 },
  { code: 'montagne', parentCode: 'velos', name: { fr: 'Montagne', en: 'Mountain' }, position: 2 },
  { code: 'plein-air', parentCode: null, name: { fr: 'Plein air', en: 'Outdoor' }, position: 2 },
  { code: 'bivouac', parentCode: 'plein-air', name: { fr: 'Bivouac', en: 'Camping' }, position: 1 },
  { code: 'randonnee', parentCode: 'plein-air', name: { fr: 'Randonnée', en: 'Hiking' }, position: 2 },
]

/**
 * Products that look like a shop's, from a seed: the same number and seed give the same products.
 * @param channelCodes where they are published, from time to time within dates
 */
export function seededProducts(count: number, seed: number, channelCodes: readonly string[]): ProductInput[] {
  const rng = createSeededRng(seed)
  const pick = <T>(list: readonly T[]): T => list[rng.below(list.length)] as T
  return Array.from({ length: count }, (_unused, n): ProductInput => {
    const thing = pick(goods)
    const line = pick(lines)
    const category = pick(seededCategories)
    const withSizes = rng.below(2) === 0
    const ownColours = colours.slice(0, 1 + rng.below(colours.length))
    const options = [
      { code: 'couleur', name: { fr: 'Couleur', en: 'Colour' }, values: ownColours },
      ...(withSizes ? [{ code: 'taille', name: { fr: 'Taille', en: 'Size' }, values: sizes.slice(0, 2) }] : []),
    ]
    const base = 500 + rng.below(1_500) * 100
    const combinations = ownColours.flatMap((colour) =>
      withSizes ? sizes.slice(0, 2).map((size) => [colour.code, size.code]) : [[colour.code]],
    )
    return {
      handle: `article-${n}`,
      kind: 'physical',
      name: { fr: `${thing.fr} ${line} ${n}`, en: `${thing.en} ${line} ${n}` },
      description: {
        fr: `<p>${thing.fr} de la gamme ${line} : solide, réparable, conçu en Bretagne pour durer des années.</p>`,
        en: `<p>${thing.en} of the ${line} range: solid, repairable, designed in Brittany to last for years.</p>`,
      },
      brand: pick(brands),
      vatClass: 'standard',
      categoryCodes: [category.code],
      tags: [line],
      attributes: { Matière: pick(['acier', 'aluminium', 'nylon recyclé', 'coton']) },
      options,
      media: [{ url: `/images/${n}.svg`, alt: thing }],
      variants: combinations.map((values, index) => ({
        sku: `ART-${n}-${index}`,
        gtin: index === 0 ? gtin(n) : null,
        options: Object.fromEntries(options.map((option, i) => [option.code, values[i] ?? ''])),
        weightGrams: 100 + rng.below(15_000),
        price: { amountMinor: base + index * 500, currency: 'EUR' },
        compareAtPrice: rng.below(5) === 0 ? { amountMinor: base + 5_000, currency: 'EUR' } : null,
        mediaIndex: 0,
      })),
      publications: channelCodes.map((channelCode) => ({ channelCode, from: null, until: null })),
      seoTitle: null,
      seoDescription: null,
    }
  })
}

function gtin(n: number): string {
  const digits = `376${String(n).padStart(9, '0')}`
  return digits + String(gtinCheckDigit(digits))
}
