import type { SizeSet } from './demo-product.ts'

type Size = readonly [code: string, fr: string, en: string]

/** Sizes, and what the option is called. The frame size a bicycle is drawn in is that of its middle one. */
export const sizeSets: Readonly<Record<SizeSet, { fr: string; en: string; sizes: readonly Size[] }>> = {
  bike: sized('S', 'M', 'L', 'XL'),
  low: sized('S', 'M', 'L'),
  mountain: sized('S', 'M', 'L', 'XL'),
  top: sized('XS', 'S', 'M', 'L', 'XL', 'XXL'),
  glove: sized('S', 'M', 'L', 'XL'),
  shoe: { fr: 'Pointure', en: 'Size', sizes: Array.from({ length: 10 }, (_, n) => same(String(37 + n))) },
  helmet: {
    fr: 'Taille',
    en: 'Size',
    sizes: [same('S', 'S (51–55 cm)'), same('M', 'M (55–59 cm)'), same('L', 'L (59–62 cm)')],
  },
  childHelmet: { fr: 'Taille', en: 'Size', sizes: [same('XS', 'XS (46–51 cm)'), same('S', 'S (50–55 cm)')] },
}

function sized(...codes: readonly string[]): { fr: string; en: string; sizes: readonly Size[] } {
  return { fr: 'Taille', en: 'Size', sizes: codes.map((code) => same(code)) }
}

function same(code: string, words = code): Size {
  return [code.toLowerCase(), words, words]
}
