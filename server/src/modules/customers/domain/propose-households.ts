import type { HouseholdProposal } from '@ecluse/contracts/households.ts'
import { foldRecord, type FoldedRecord } from '@ecluse/strategy-engine/record-linkage/person-record.ts'
import { withinOneEdit } from '@ecluse/strategy-engine/record-linkage/similarity.ts'
import { personOfParty, type ComparedParty } from './person-of-party.ts'

/** Two who may live together: the lesser id first. */
export type ProposedHousehold = Pick<HouseholdProposal, 'score' | 'reasons'> & {
  readonly a: string
  readonly b: string
}

type Evidence = HouseholdProposal['reasons'][number]['evidence']

/**
 * How much of the doubt each takes away. Set so that no one alone suffices and any two of address, name, telephone and mailbox
 * do, a second line of an address excepted; a name counts only beside something else, for strangers share it too.
 */
const weights: Readonly<Record<Evidence, number>> = {
  address: 0.35,
  second_line: 0.2,
  name: 0.7,
  phone: 0.45,
  mailbox: 0.5,
}
const proposedFrom = 0.6

/** More people than this with one address and name, one telephone or one mailbox are no household, but a home, a club or a shop. */
const mostTogether = 8

/**
 * Who may live with whom, by what is known of each: one postal address, one family name, one telephone, one mailbox. Two files that
 * may be of one person are none: that is for matching to say. Pure, and the order of people and of pairs changes nothing.
 * @returns pairs, the likeliest first; the reasons with the weightiest first
 */
export function proposeHouseholds(people: readonly ComparedParty[]): ProposedHousehold[] {
  const folded = people.map((party) => ({ id: party.id, ...foldRecord(personOfParty(party)) }))
  const met = new Map<string, ProposedHousehold>()
  for (const block of blocksOf(folded))
    for (const [at, one] of block.entries())
      for (const other of block.slice(at + 1)) {
        const [a, b] = one.id < other.id ? [one, other] : [other, one]
        if (a.id === b.id || met.has(`${a.id} ${b.id}`)) continue
        const proposed = proposeHousehold(a, b)
        if (proposed) met.set(`${a.id} ${b.id}`, { a: a.id, b: b.id, ...proposed })
      }
  return [...met.values()].toSorted((x, y) => y.score - x.score || (x.a + x.b < y.a + y.b ? -1 : 1))
}

type Person = FoldedRecord & { readonly id: string }

/** People who have something in common that few have. */
function blocksOf(people: readonly Person[]): Person[][] {
  const blocks = new Map<string, Person[]>()
  for (const person of people)
    for (const key of keysOf(person)) {
      const block = blocks.get(key)
      if (block) block.push(person)
      else blocks.set(key, [person])
    }
  return [...blocks.values()].filter(({ length }) => length > 1 && length <= mostTogether)
}

function keysOf(person: Person): string[] {
  const { givenName, familyName, phone, email } = person
  const address = addressOf(person)
  return [
    ...(address ? [...new Set([givenName, familyName])].filter(Boolean).map((name) => `home ${address} ${name}`) : []),
    ...(phone ? [`phone ${phone}`] : []),
    ...(email ? [`mailbox ${email}`] : []),
  ]
}

/** Where somebody lives but for the second line; empty when it is not known to the house. */
function addressOf({ streetNumber, street, postalCode, locality }: FoldedRecord): string {
  return street && postalCode ? [streetNumber, street, postalCode, locality].join('|') : ''
}

function proposeHousehold(a: Person, b: Person): Pick<ProposedHousehold, 'score' | 'reasons'> | null {
  const name = sharedName(a, b)
  if (!name.apart) return null
  const home = addressOf(a)
  const sameHouse = home !== '' && home === addressOf(b)
  const lines = [a.addressExtra, b.addressExtra]
  // Two flats of one house are two households.
  const sameHome = sameHouse && (lines[0] === lines[1] || lines.includes(''))
  const found: [Evidence, boolean][] = [
    ['address', sameHome],
    ['second_line', sameHome && lines[0] !== '' && lines[0] === lines[1]],
    ['phone', a.phone !== '' && a.phone === b.phone],
    ['mailbox', a.email !== '' && a.email === b.email],
  ]
  const beside = found.filter(([, speaks]) => speaks).map(([evidence]) => evidence)
  if (beside.length === 0) return null
  const reasons = [...beside, ...(name.shared ? (['name'] as const) : [])]
    .map((evidence) => ({ evidence, weight: weights[evidence] }))
    .toSorted((x, y) => y.weight - x.weight)
  const score = 1 - reasons.reduce((doubt, { weight }) => doubt * (1 - weight), 1)
  return score < proposedFrom ? null : { score, reasons }
}

/** Whether two have a family name in common, in whichever field it stands, and whether their other names are two people's. */
function sharedName(a: FoldedRecord, b: FoldedRecord): { readonly shared: boolean; readonly apart: boolean } {
  const names = (one: FoldedRecord) => [
    { family: one.familyName, given: one.givenName },
    { family: one.givenName, given: one.familyName },
  ]
  const ways = names(a).flatMap((x) => names(b).map((y) => ({ x, y })))
  // As they stand first: only where that finds nothing, one of them is taken for written the other way round.
  const way = ways.find(({ x, y }) => x.family !== '' && x.family === y.family && differ(x.given, y.given))
  const alike = ways.some(({ x, y }) => x.family !== '' && x.family === y.family && !differ(x.given, y.given))
  if (way && !alike) return { shared: true, apart: true }
  return { shared: false, apart: !alike && differ(a.givenName, b.givenName) && differ(a.familyName, b.familyName) }
}

/** Whether two names are surely two: neither a slip, an initial nor a short form of the other. */
function differ(x: string, y: string): boolean {
  return x !== '' && y !== '' && !x.startsWith(y) && !y.startsWith(x) && !withinOneEdit(x, y)
}
