import type { Category } from '@ecluse/contracts/catalog.ts'

type Node = readonly [code: string, fr: string, en: string, children?: readonly Node[]]

const tree: readonly Node[] = [
  [
    'velos',
    'Vélos',
    'Bicycles',
    [
      ['ville', 'Ville', 'City'],
      ['electriques', 'Électriques', 'Electric'],
      ['cargo', 'Cargo', 'Cargo'],
      ['voyage', 'Voyage', 'Touring'],
      ['gravel', 'Gravel', 'Gravel'],
      ['route', 'Route', 'Road'],
      ['vtt', 'VTT', 'Mountain'],
      ['pliants', 'Pliants', 'Folding'],
      ['enfant', 'Enfant', 'Children'],
    ],
  ],
  [
    'equipement',
    'Équipement',
    'Gear',
    [
      ['casques', 'Casques', 'Helmets'],
      ['eclairage', 'Éclairage', 'Lights'],
      ['antivols', 'Antivols', 'Locks'],
      ['bagagerie', 'Bagagerie', 'Bags'],
      ['gourdes', 'Gourdes', 'Bottles'],
    ],
  ],
  [
    'vetements',
    'Vêtements',
    'Clothing',
    [
      ['vestes', 'Vestes', 'Jackets'],
      ['maillots', 'Maillots', 'Jerseys'],
      ['pantalons', 'Pantalons et cuissards', 'Trousers and shorts'],
      ['gants', 'Gants', 'Gloves'],
      ['chaussures', 'Chaussures', 'Shoes'],
    ],
  ],
  [
    'camping',
    'Camping',
    'Camping',
    [
      ['tentes', 'Tentes', 'Tents'],
      ['couchage', 'Couchage', 'Sleeping'],
      ['cuisine', 'Cuisine et lanternes', 'Cooking and lanterns'],
      ['sacs', 'Sacs de randonnée', 'Walking packs'],
    ],
  ],
  [
    'pieces',
    'Pièces',
    'Parts',
    [
      ['pneus', 'Pneus et chambres', 'Tyres and tubes'],
      ['transmission', 'Transmission', 'Drivetrain'],
      ['selles', 'Selles', 'Saddles'],
      ['pedales', 'Pédales', 'Pedals'],
    ],
  ],
  [
    'entretien',
    'Entretien',
    'Care',
    [
      ['outils', 'Outils', 'Tools'],
      ['pompes', 'Pompes', 'Pumps'],
      ['nettoyage', 'Nettoyage', 'Cleaning'],
    ],
  ],
]

/** The tree of categories, parents first. */
export const demoCategories: readonly Category[] = flatten(tree, null)

function flatten(nodes: readonly Node[], parentCode: string | null): Category[] {
  return nodes.flatMap(([code, fr, en, children = []], index) => [
    { code, parentCode, name: { fr, en }, position: index + 1 },
    ...flatten(children, code),
  ])
}
