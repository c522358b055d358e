import { createRandom, type Random } from '../numeric/random.ts'
import type { PersonRecord } from './person-record.ts'

/** Invented people, written down once or several times with the faults people and machines make: to test linkage with. */
export type InventedPeople = {
  readonly records: readonly PersonRecord[]
  /** Whom each record is of. */
  readonly personOf: ReadonlyMap<string, string>
}

export type InventOptions = {
  readonly people: number
  /** How many further records there are of people already written down. */
  readonly copies: number
  readonly seed: number
  /** The share of people who live with another one of the same name. */
  readonly households?: number
  /** Whether e-mail and telephone are known of some; without them names and addresses are all there is. */
  readonly contacts?: boolean
}

type Person = { -readonly [key in Exclude<keyof PersonRecord, 'id'>]-?: string }

const givenNames =
  'marie jean camille louis léa hugo emma jules chloé gabriel manon raphaël inès arthur jade lucas louise adam alice paul lina nathan rose ethan anna théo mila noah julia tom sarah mathis zoé sacha juliette maxime clara antoine eva baptiste ambre clément agathe victor élise martin margaux valentin nina simon lucie alexandre romane thomas charlotte nicolas léonie julien capucine romain pauline quentin mathilde pierre anaïs françois céline éric sophie philippe nathalie laurent isabelle olivier catherine stéphane sylvie christophe valérie patrick martine michel monique andré jacqueline daniel denise bernard yvette'.split(
    ' ',
  )
const familyNames =
  'martin bernard dubois thomas robert richard petit durand leroy moreau simon laurent lefebvre michel garcia david bertrand roux vincent fournier morel girard andré mercier dupont lambert bonnet françois martinez legrand garnier faure rousseau blanc guérin muller henry roussel nicolas perrin morin mathieu clément gauthier dumont lopez fontaine chevalier robin masson sanchez gérard nguyen boyer denis lemaire duval joly gautier roger roche roy noël meyer lucas meunier jean perez marchand dufour blanchard marie barbier brun dumas brunet schmitt leroux colas fernandez renard arnaud rolland caron aubert giraud leclerc vidal bourgeois renaud lemoine picard gaillard philippe'.split(
    ' ',
  )
const streetTypes = 'rue rue rue avenue boulevard place allée chemin impasse cours'.split(' ')
const streetNames =
  'des lilas|victor hugo|de la gare|pasteur|jean jaurès|du moulin|de l’église|des écoles|de verdun|du général leclerc|voltaire|gambetta|de paris|des acacias|du stade|de la liberté|émile zola|des vignes|du château|de bretagne|saint michel|des tilleuls|carnot|de la fontaine|des roses|du port|molière|des peupliers|de la paix|du maréchal foch'.split(
    '|',
  )
const extras =
  'bâtiment a|bâtiment b|bâtiment c|résidence les pins|résidence du parc|appartement 12|appartement 4|escalier 2|les hauts du lac|le clos fleuri|villa des roses|hameau du bois'.split(
    '|',
  )
const localityParts = [
  'saint mont ville beau château neuf grand roche belle bois clair long pont val puy font haut'.split(' '),
  'martin fleur lieu champ mont joie fort pré vert rive val court brun font lac bourg'.split(' '),
]

/** Items and how often each is met, the first most often. */
type Frequent = { readonly items: readonly string[]; readonly upTo: Float64Array }

/**
 * The listed names first, then invented ones, as often as 1 / (rank + flat): a few hundred names are common, thousands are rare, and the
 * commonest is that of less than one person in a hundred (of first names, of three), as registers show.
 */
function frequentItems(
  listed: readonly string[],
  count: number,
  flat: number,
  invent: (rng: Random) => string,
): Frequent {
  const rng = createRandom(17)
  const items = new Set(listed)
  while (items.size < count) items.add(invent(rng))
  const upTo = new Float64Array(count)
  let sum = 0
  for (let rank = 0; rank < count; rank++) upTo[rank] = sum += 1 / (rank + flat)
  return { items: [...items], upTo: upTo.map((share) => share / sum) }
}

const allGivenNames = frequentItems([...new Set(givenNames)], 700, 9, (rng) => word(rng))
const allFamilyNames = frequentItems([...new Set(familyNames)], 15_000, 30, (rng) => word(rng) + word(rng))
const allStreetNames = frequentItems(
  streetNames,
  4_000,
  12,
  (rng) => `${pick(rng, ['de', 'du', 'des'])} ${word(rng)}${word(rng)}`,
)

/** Invents people and their records; the same options give the same. */
export function inventPeople({
  people,
  copies,
  seed,
  households = 0.05,
  contacts = false,
}: InventOptions): InventedPeople {
  const rng = createRandom(seed)
  const invented: Person[] = []
  while (invented.length < people) {
    const person = inventPerson(rng, people, contacts)
    invented.push(person)
    if (rng.float() < households && invented.length < people)
      invented.push({
        ...person,
        givenName: relativeOf(rng, person.givenName),
        email: contacts && rng.float() < 0.7 ? `${word(rng)}@exemple.fr` : person.email,
      })
  }
  const records: PersonRecord[] = []
  const personOf = new Map<string, string>()
  const write = (at: number, copy: number): void => {
    const person = invented[at] as Person
    const id = `p${at}-${copy}`
    records.push({ id, ...(copy === 0 ? person : damaged(rng, person, people, contacts)) })
    personOf.set(id, `p${at}`)
  }
  for (let at = 0; at < people; at++) write(at, 0)
  const written = new Map<number, number>()
  for (let n = 0; n < copies; n++) {
    const at = rng.below(people)
    const copy = (written.get(at) ?? 0) + 1
    written.set(at, copy)
    write(at, copy)
  }
  return { records, personOf }
}

function inventPerson(rng: Random, people: number, contacts: boolean): Person {
  const givenName = frequent(rng, allGivenNames)
  const familyName = frequent(rng, allFamilyNames)
  return {
    givenName,
    familyName,
    ...inventAddress(rng, people),
    email: contacts && rng.float() < 0.8 ? `${givenName}.${familyName}${rng.below(90)}@exemple.fr` : '',
    phone: contacts && rng.float() < 0.7 ? `0${6 + rng.below(2)}${digits(rng, 8)}` : '',
    birthDate: '',
  }
}

/** Another first name: relatives are not called the same. */
function relativeOf(rng: Random, givenName: string): string {
  let other = givenName
  while (other === givenName) other = frequent(rng, allGivenNames)
  return other
}

function inventAddress(rng: Random, people: number) {
  const place = Math.floor(rng.float() ** 2 * Math.max(20, people / 60))
  const [first, second] = localityParts as [string[], string[]]
  return {
    streetNumber: String(1 + Math.floor(rng.float() ** 2 * 120)),
    street: `${pick(rng, streetTypes)} ${frequent(rng, allStreetNames)}`,
    addressExtra: rng.float() < 0.45 ? pick(rng, extras) : '',
    locality: `${first[place % first.length]}${second[(place >> 4) % second.length]}${place >> 8 ? ` ${givenNames[(place >> 8) % givenNames.length]}` : ''}`,
    postalCode: String(10_000 + ((place * 7_919) % 85_000)),
  }
}

/** A record of somebody as it is written down another time: a fault or two in most. */
function damaged(rng: Random, person: Person, people: number, contacts: boolean): Person {
  const copy = { ...person }
  const faults = 1 + rng.below(3)
  for (let n = 0; n < faults; n++) {
    const draw = rng.float()
    const field = pick(rng, [
      'givenName',
      'familyName',
      'street',
      'locality',
      'postalCode',
      'streetNumber',
      'addressExtra',
    ] as const)
    if (draw < 0.5) copy[field] = mistyped(rng, copy[field])
    else if (draw < 0.62)
      copy[pick(rng, ['givenName', 'street', 'streetNumber', 'addressExtra', 'locality', 'postalCode'] as const)] = ''
    else if (draw < 0.72) [copy.givenName, copy.familyName] = [copy.familyName, copy.givenName]
    else if (draw < 0.8) [copy.street, copy.addressExtra] = [copy.addressExtra, copy.street]
    else if (draw < 0.86) copy.givenName = copy.givenName.slice(0, 1)
    else if (draw < 0.92)
      copy.street = copy.street.replace('avenue', 'av').replace('boulevard', 'bd').replace('rue', 'r')
    else if (draw < 0.95 && contacts) Object.assign(copy, inventAddress(rng, people))
    else if (contacts) copy.phone = rng.float() < 0.5 ? '' : `06${digits(rng, 8)}`
    else copy[field] = mistyped(rng, copy[field])
  }
  if (contacts && rng.float() < 0.25) copy.email = rng.float() < 0.5 ? '' : mistyped(rng, copy.email)
  return copy
}

/** One slip of the keyboard, of the ear or of a reading machine. */
function mistyped(rng: Random, text: string): string {
  if (text.length < 2) return text
  const at = Math.floor(rng.float() * (text.length - 1))
  const letter = /\d/.test(text) ? digits(rng, 1) : (letters[rng.below(letters.length)] as string)
  const heard = text.replace('ph', 'f').replace('y', 'i').replace('ck', 'k').replace('th', 't')
  const draw = rng.float()
  if (draw < 0.25) return text.slice(0, at) + letter + text.slice(at + 1)
  if (draw < 0.45) return text.slice(0, at) + letter + text.slice(at)
  if (draw < 0.65) return text.slice(0, at) + text.slice(at + 1)
  if (draw < 0.85 || heard === text)
    return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
  return heard
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

function pick<T>(rng: Random, items: readonly T[]): T {
  return items[rng.below(items.length)] as T
}

/** One of them, as often as it is met. */
function frequent(rng: Random, { items, upTo }: Frequent): string {
  const drawn = rng.float()
  let [low, high] = [0, items.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((upTo[middle] as number) > drawn) high = middle
    else low = middle + 1
  }
  return items[low] as string
}

function word(rng: Random): string {
  const [consonants, vowels] = ['bcdfglmnprstv', ['a', 'e', 'i', 'o', 'ou', 'an', 'on']] as const
  return (
    (consonants[rng.below(consonants.length)] as string) +
    pick(rng, vowels) +
    (consonants[rng.below(consonants.length)] as string) +
    pick(rng, ['e', 'ier', 'ot', 'in', 'ard', 'eau'])
  )
}

function digits(rng: Random, count: number): string {
  return Array.from({ length: count }, () => rng.below(10)).join('')
}
