/** Colours goods come in: the codes are those of the drawings. */
export const goodsColours = {
  lagoon: ['Bleu lagon', 'Lagoon blue'],
  night: ['Bleu nuit', 'Night blue'],
  sky: ['Bleu ciel', 'Sky blue'],
  mint: ['Vert menthe', 'Mint green'],
  leaf: ['Vert feuille', 'Leaf green'],
  moss: ['Vert mousse', 'Moss green'],
  sun: ['Jaune soleil', 'Sun yellow'],
  ochre: ['Ocre', 'Ochre'],
  rust: ['Rouille', 'Rust'],
  coral: ['Corail', 'Coral'],
  rose: ['Vieux rose', 'Dusty rose'],
  plum: ['Prune', 'Plum'],
  sand: ['Sable', 'Sand'],
  cream: ['Crème', 'Cream'],
  snow: ['Blanc neige', 'Snow white'],
  fog: ['Gris brume', 'Mist grey'],
  slate: ['Gris ardoise', 'Slate grey'],
  ink: ['Noir encre', 'Ink black'],
} as const satisfies Record<string, readonly [fr: string, en: string]>

export type GoodsColour = keyof typeof goodsColours
