import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inventPeople } from '@ecluse/strategy-engine/record-linkage/invented-people.ts'
import { judgeLinkage } from '@ecluse/strategy-engine/record-linkage/judge-linkage.ts'
import { linkRecords } from '@ecluse/strategy-engine/record-linkage/link-records.ts'
import type { PersonField, PersonRecord } from '@ecluse/strategy-engine/record-linkage/person-record.ts'
import { reasonOf } from '../kernel/start-error.ts'
import { EvaluationError, numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import { readTable, type Table } from './table.ts'

/** The columns that say each field, the first that is there; those of Febrl among them. */
const usualColumns: Readonly<Record<Exclude<PersonField, 'birthDate'>, readonly string[]>> = {
  givenName: ['given_name', 'first_name', 'firstname', 'prenom'],
  familyName: ['surname', 'family_name', 'last_name', 'lastname', 'nom'],
  streetNumber: ['street_number', 'house_number', 'numero'],
  street: ['address_1', 'street', 'address', 'rue'],
  addressExtra: ['address_2', 'address_extra', 'complement'],
  locality: ['suburb', 'city', 'locality', 'town', 'ville'],
  postalCode: ['postcode', 'postal_code', 'zip', 'code_postal'],
  email: ['email', 'e_mail'],
  phone: ['phone', 'phone_number', 'telephone', 'mobile'],
}

/** `npx ecluse evaluate matching [DIR]`: finds which records are of one person, and compares with what is known of them. */
export const matchingEvaluation: EvaluationKind = {
  help: 'cli.evaluate.matching.help',
  options: {
    id: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.matching.id' },
    person: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.matching.person' },
    'birth-date': { type: 'string', value: 'COLUMN', help: 'cli.evaluate.matching.birth_date' },
    'join-from': { type: 'string', value: 'P', help: 'cli.evaluate.matching.join_from' },
    people: { type: 'string', value: 'N', help: 'cli.evaluate.matching.people' },
    households: { type: 'string', value: 'SHARE', help: 'cli.evaluate.matching.households' },
  },
  run: (request) => {
    const sets = request.files.length === 0 ? [invented(request)] : readSets(request)
    const joinFrom = numberOption(request, 'join-from', 0.85, 0.5, 1)
    const linked = sets.map(({ records }) => linkRecords(records, { joinFrom }))
    // Records of different sets may bear one name: it is told apart by its set.
    const groups = linked.flatMap(({ groups }, nth) => groups.map((group) => group.map((id) => `${nth} ${id}`)))
    const people = new Map(
      sets.flatMap(({ personOf }, nth) => [...personOf].map(([id, of]) => [`${nth} ${id}`, `${nth} ${of}`])),
    )
    const { precision, recall, f1, truePairs, foundPairs } = judgeLinkage(groups, (id) => people.get(id) ?? id)
    const n = sets.reduce((sum, { records }) => sum + records.length, 0)
    request.progress(`F1 ${f1.toFixed(4)}, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`)
    return {
      results: {
        f1,
        precision,
        recall,
        true_pairs: truePairs,
        found_pairs: foundPairs,
        groups: groups.length,
        to_review: linked.reduce((sum, { toReview }) => sum + toReview.length, 0),
        sets: sets.length,
      },
      n,
    }
  },
}

function invented(request: EvaluationRequest) {
  const people = numberOption(request, 'people', 4_000, 10, 1_000_000)
  const households = numberOption(request, 'households', 0, 0, 0.9)
  return inventPeople({ people, copies: Math.ceil(people / 4), seed: 1, households })
}

type RecordSet = { readonly records: readonly PersonRecord[]; readonly personOf: ReadonlyMap<string, string> }

/**
 * The records of all files, linked together as far as they are one set: a file in which the name of a record returns that an earlier file of the set
 * has begins another set, as the four data sets of Febrl do, the last of them in two files.
 */
function readSets(request: EvaluationRequest): RecordSet[] {
  const sets: { records: PersonRecord[]; personOf: Map<string, string> }[] = []
  for (const file of filesOf(request.files)) {
    const read = readRecords(request, file)
    const last = sets.at(-1)
    if (last === undefined || read.records.some(({ id }) => last.personOf.has(id))) sets.push(read)
    else {
      for (const record of read.records) last.records.push(record)
      for (const [id, person] of read.personOf) last.personOf.set(id, person)
    }
  }
  return sets
}

function readRecords(request: EvaluationRequest, file: string) {
  const records: PersonRecord[] = []
  const personOf = new Map<string, string>()
  const idColumn = textOption(request, 'id', 'rec_id')
  const personColumn = textOption(request, 'person', '')
  const table = readTable(file)
  const ids = table.text(idColumn)
  const people = personColumn === '' ? ids.map(personOfId) : table.text(personColumn)
  const fields = fieldsOf(table, textOption(request, 'birth-date', ''))
  ids.forEach((id, row) => {
    if (personOf.has(id)) throw new EvaluationError('cli.evaluate.matching.twice', { id })
    records.push({ id, ...Object.fromEntries(fields.map(([field, cells]) => [field, cells[row] ?? ''])) })
    personOf.set(id, people[row] ?? id)
  })
  return { records, personOf }
}

/** Febrl writes `rec-17-org`, `rec-17-dup-0`. */
function personOfId(id: string): string {
  return id.replace(/-(org|dup(-\d+)?)$/, '')
}

function filesOf(paths: readonly string[]): string[] {
  try {
    return paths.flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path)
            .filter((name) => /\.(csv|json|jsonl)(\.gz)?$/.test(name))
            .sort()
            .map((name) => join(path, name))
        : [path],
    )
  } catch (error) {
    throw new EvaluationError('cli.import.no_file', { path: paths.join(' '), reason: reasonOf(error) }, error)
  }
}

function fieldsOf(table: Table, birthDate: string): [PersonField, string[]][] {
  const found = Object.entries(usualColumns).flatMap(([field, columns]): [PersonField, string[]][] => {
    const column = columns.find((name) => table.has(name))
    return column === undefined ? [] : [[field as PersonField, table.text(column)]]
  })
  if (found.length < 2) {
    const wanted = Object.values(usualColumns).map(([first]) => first ?? '')
    throw new EvaluationError('cli.evaluate.matching.no_fields', {
      wanted: wanted.join(', '),
      names: table.names.join(', '),
    })
  }
  return birthDate === '' ? found : [...found, ['birthDate', table.text(birthDate)]]
}
