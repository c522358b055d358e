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
  },
  run: (request) => {
    const { records, personOf } = request.files.length === 0 ? invented(request) : readRecords(request)
    const joinFrom = numberOption(request, 'join-from', 0.9, 0.5, 1)
    const { groups, toReview } = linkRecords(records, { joinFrom })
    const { precision, recall, f1, truePairs, foundPairs } = judgeLinkage(groups, (id) => personOf.get(id) ?? id)
    request.progress(`F1 ${f1.toFixed(4)}, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`)
    return {
      results: {
        f1,
        precision,
        recall,
        true_pairs: truePairs,
        found_pairs: foundPairs,
        groups: groups.length,
        to_review: toReview.length,
      },
      n: records.length,
    }
  },
}

function invented(request: EvaluationRequest) {
  const people = numberOption(request, 'people', 4_000, 10, 1_000_000)
  return inventPeople({ people, copies: Math.ceil(people / 4), seed: 1, households: 0 })
}

function readRecords(request: EvaluationRequest) {
  const records: PersonRecord[] = []
  const personOf = new Map<string, string>()
  const idColumn = textOption(request, 'id', 'rec_id')
  const personColumn = textOption(request, 'person', '')
  for (const file of filesOf(request.files)) {
    const table = readTable(file)
    const ids = table.text(idColumn)
    const people = personColumn === '' ? ids.map(personOfId) : table.text(personColumn)
    const fields = fieldsOf(table, textOption(request, 'birth-date', ''))
    ids.forEach((id, row) => {
      if (personOf.has(id)) throw new EvaluationError('cli.evaluate.matching.twice', { id })
      records.push({ id, ...Object.fromEntries(fields.map(([field, cells]) => [field, cells[row] ?? ''])) })
      personOf.set(id, people[row] ?? id)
    })
  }
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
