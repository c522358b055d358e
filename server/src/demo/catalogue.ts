import { bags } from './catalogue/bags.ts'
import { electricBikes } from './catalogue/bikes-electric.ts'
import { farBikes } from './catalogue/bikes-far.ts'
import { townBikes } from './catalogue/bikes-town.ts'
import { care } from './catalogue/care.ts'
import { helmetsAndLights } from './catalogue/helmets-lights.ts'
import { jacketsAndJerseys } from './catalogue/jackets-jerseys.ts'
import { locksAndBottles } from './catalogue/locks-bottles.ts'
import { parts } from './catalogue/parts.ts'
import { sleeping } from './catalogue/sleeping.ts'
import { tentsAndCooking } from './catalogue/tents-cooking.ts'
import { trousersGlovesShoes } from './catalogue/trousers-gloves-shoes.ts'
import { tyres } from './catalogue/tyres.ts'
import type { DemoProduct } from './demo-product.ts'

/** Everything Alizé sells. SKUs and GTINs come from the handle, so a product can be added anywhere. */
export const demoProducts: readonly DemoProduct[] = [
  ...townBikes,
  ...farBikes,
  ...electricBikes,
  ...helmetsAndLights,
  ...locksAndBottles,
  ...bags,
  ...jacketsAndJerseys,
  ...trousersGlovesShoes,
  ...tentsAndCooking,
  ...sleeping,
  ...tyres,
  ...parts,
  ...care,
]
