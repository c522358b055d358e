import type { DemoProduct, Plenty } from './demo-product.ts'

type Draw = { below(n: number): number; float(): number }

/** How likely a shop has a variant, and how many at the most; how many lie in the warehouse. */
const profiles: Readonly<
  Record<Plenty, { shop: number; most: number; warehouse: readonly [least: number, most: number] }>
> = {
  usual: { shop: 0.72, most: 9, warehouse: [14, 80] },
  bike: { shop: 0.4, most: 2, warehouse: [3, 12] },
  big: { shop: 0.12, most: 1, warehouse: [2, 6] },
  few: { shop: 0.16, most: 2, warehouse: [1, 5] },
  none: { shop: 0, most: 0, warehouse: [0, 0] },
}

/** How many of a variant lie in the warehouse: some have run low, some out. */
export function unitsInWarehouse(product: DemoProduct, draw: Draw): number {
  if (product.sold === 'past') return 0
  const [least, most] = profiles[product.plenty ?? 'usual'].warehouse
  const units = least + draw.below(most - least + 1)
  const luck = draw.float()
  return luck < 0.04 ? 0 : luck < 0.11 ? Math.min(units, 1 + draw.below(2)) : units
}

/** How many of a variant lie in a shop; large shops have more of everything. */
export function unitsInShop(product: DemoProduct, size: 'large' | 'small', draw: Draw): number {
  const profile = profiles[product.plenty ?? 'usual']
  const chance = profile.shop * (size === 'large' ? 1.25 : 0.85)
  if (draw.float() >= chance || product.sold === 'web') return 0
  return 1 + draw.below(Math.max(1, size === 'large' ? profile.most : Math.ceil(profile.most / 2)))
}
