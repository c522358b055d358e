import type { GoodsColour } from './colours.ts'

/** Name, paragraph, and points of a list: what a product page says in one language. */
export type Words = readonly [name: string, text: string, points: readonly string[]]

export type SizeSet = 'bike' | 'low' | 'mountain' | 'top' | 'glove' | 'shoe' | 'helmet' | 'childHelmet'

/** An option of its own: a battery, a length, a tyre width. What it adds to the price in euros and to the weight in grams. */
export type Choice = {
  readonly code: string
  readonly fr: string
  readonly en: string
  readonly values: readonly (readonly [code: string, fr: string, en: string, euros?: number, grams?: number])[]
}

/** How much of it there is: usual, bicycles (few in each shop), big pieces (warehouse and large shops), or none left. */
export type Plenty = 'usual' | 'bike' | 'big' | 'few' | 'none'

/** One product of the demo company, in the shortest form that says everything. */
export type DemoProduct = {
  readonly handle: string
  readonly brand: string
  readonly in: readonly [string, ...string[]]
  readonly tags?: readonly string[]
  /** Euros, VAT included. */
  readonly price: number
  /** Former price, struck out. */
  readonly was?: number
  readonly grams: number
  /** What the drawing shows, and its extras: `city rack basket`. */
  readonly art: string
  readonly colours: readonly [GoodsColour, ...GoodsColour[]]
  readonly accent?: GoodsColour
  readonly sizes?: SizeSet
  readonly choice?: Choice
  /** Figures that read the same in both languages: `Volume=20 L`. */
  readonly facts?: Readonly<Record<string, string>>
  readonly plenty?: Plenty
  /** Where and when it is sold, when not everywhere and always. */
  readonly sold?: 'web' | 'shops' | 'soon' | 'past'
  readonly fr: Words
  readonly en: Words
}
