import type { Role } from '@ecluse/contracts/permissions.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'

/** Members of staff to sign in as. Their passwords are printed at each start of the demo. */
export const demoStaff: readonly { role: Role; name: string; email: string; password: string; shop: string | null }[] =
  [
    {
      role: 'administrator',
      name: 'Maud Kerviel',
      email: 'maud@alize.example',
      password: 'alize-direction',
      shop: null,
    },
    {
      role: 'shop_manager',
      name: 'Yanis Roussel',
      email: 'yanis@alize.example',
      password: 'alize-nantes-1',
      shop: 'nantes',
    },
    { role: 'shop_manager', name: 'Inès Faure', email: 'ines@alize.example', password: 'alize-lyon-1', shop: 'lyon' },
    { role: 'clerk', name: 'Tom Le Gall', email: 'tom@alize.example', password: 'alize-nantes-2', shop: 'nantes' },
    { role: 'clerk', name: 'Léna Weber', email: 'lena@alize.example', password: 'alize-lyon-2', shop: 'lyon' },
  ]

/** Customers with an account on the web shop. */
export const demoMembers: readonly { name: string; email: string; password: string }[] = [
  { name: 'Camille Morvan', email: 'camille.morvan@client.example', password: 'velo-camille' },
]

const firstNames =
  'Camille Hugo Manon Lucas Chloé Nathan Sarah Théo Louise Malik Juliette Antoine Nora Paul Élise Karim Alice Bastien Fatou Rémi Zoé Adrien Mei Gabin'.split(
    ' ',
  )
const lastNames =
  'Morvan|Lefèvre|Garnier|Benali|Perrot|Da Silva|Marchand|Colin|Diallo|Rousseau|Nguyen|Guillou|Barbier|Schmitt|Poirier|Haddad|Caron|Meunier|Blanchard|Kowalski'.split(
    '|',
  )
const streets =
  'rue des Tilleuls|rue du Lavoir|allée des Peupliers|rue de la Passerelle|impasse du Verger|avenue des Marronniers|rue de la Fontaine|place du Marché|chemin des Vignes|rue du Vieux-Pont'.split(
    '|',
  )
const towns: readonly (readonly [postalCode: string, locality: string])[] = [
  ['44300', 'Nantes'],
  ['35700', 'Rennes'],
  ['75011', 'Paris'],
  ['93100', 'Montreuil'],
  ['69007', 'Lyon'],
  ['69100', 'Villeurbanne'],
  ['59800', 'Lille'],
  ['67200', 'Strasbourg'],
  ['33800', 'Bordeaux'],
  ['31200', 'Toulouse'],
  ['13006', 'Marseille'],
  ['38100', 'Grenoble'],
  ['74940', 'Annecy'],
  ['37200', 'Tours'],
  ['49100', 'Angers'],
  ['29200', 'Brest'],
  ['56000', 'Vannes'],
  ['21000', 'Dijon'],
]

export type DemoCustomer = {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly address: PostalAddress
  readonly locale: 'fr' | 'en'
}

/** Customers, each the same for the same number. Addresses end in `.example` (RFC 2606), numbers are in ARCEP's fiction range. */
export function demoCustomer(number: number): DemoCustomer {
  const first = firstNames[(number * 7) % firstNames.length] ?? ''
  const last = lastNames[(number * 11 + Math.floor(number / firstNames.length)) % lastNames.length] ?? ''
  const [postalCode, locality] = towns[(number * 5) % towns.length] ?? ['44000', 'Nantes']
  const name = `${first} ${last}`
  const local = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '.')
  return {
    name,
    email: `${local}@client.example`,
    phone: `+3363998${String(1_000 + number * 37).slice(-4)}`,
    address: {
      name,
      street: `${1 + ((number * 13) % 84)} ${streets[(number * 3) % streets.length] ?? ''}`,
      postalCode,
      locality,
      country: 'FR',
    },
    locale: number % 11 === 4 ? 'en' : 'fr',
  }
}

export const demoCustomerCount = 60
