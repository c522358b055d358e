import type { PartyInput } from '../resolve-parties.ts'

const given = [
  'Alice',
  'Basile',
  'Coralie',
  'Denis',
  'Estelle',
  'Fabien',
  'Gaëlle',
  'Hugo',
  'Inès',
  'Jules',
  'Karine',
  'Loïc',
]
const family = ['Abadie', 'Brunet', 'Cordier', 'Delmas', 'Esnault', 'Ferrand', 'Guérin', 'Hamon', 'Imbert', 'Joubert']
const streets = ['avenue des Tilleuls', 'rue de la Forge', 'chemin du Moulin', 'place Carnot', 'impasse des Roses']
const towns = [
  ['29000', 'Quimper'],
  ['35000', 'Rennes'],
  ['59000', 'Lille'],
  ['69003', 'Lyon'],
  ['13006', 'Marseille'],
] as const

/** People who have little in common: a base among which those of a test stand out as they would in a shop. */
export function invent(count: number): Partial<PartyInput>[] {
  return Array.from({ length: count }, (_, n) => {
    const [postalCode, locality] = towns[(n * 7) % towns.length] ?? towns[0]
    const name = `${given[n % given.length]} ${family[(n * 3 + Math.floor(n / 12)) % family.length]}`
    const street = `${1 + ((n * 13) % 97)} ${streets[(n * 11) % streets.length]}`
    return {
      name,
      email: `personne${n}@exemple.fr`,
      phone: `+3361${String(1_000_000 + n * 37).padStart(7, '0')}`,
      address: { name, street, postalCode, locality, country: 'FR' },
    }
  })
}
