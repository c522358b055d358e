import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inventPeople } from '@ecluse/strategy-engine/record-linkage/invented-people.ts'
import { expect, onTestFinished, test } from 'vitest'
import { EvaluationError } from './evaluation-options.ts'
import { matchingEvaluation } from './matching.ts'
import { askEvaluation } from './test/ask-evaluation.ts'
import { febrlFile } from './test/febrl-files.ts'

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ecluse-matching-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test('files as Febrl writes them: two of them, originals and copies, names and addresses alone', async () => {
  const { records } = inventPeople({ people: 900, copies: 300, seed: 4, households: 0 })
  const line = ({ id, ...r }: (typeof records)[number]): string => {
    const [person = '', copy = ''] = id.slice(1).split('-')
    const name = `rec-${person}-${copy === '0' ? 'org' : `dup-${copy}`}`
    return [name, r.givenName, r.familyName, r.streetNumber, r.street, r.addressExtra, r.locality, r.postalCode].join(
      ', ',
    )
  }
  const heading = 'rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode'
  const folder = folderOf({
    'a.csv': [heading, ...records.filter(({ id }) => id.endsWith('-0')).map(line)].join('\n'),
    'b.csv': [heading, ...records.filter(({ id }) => !id.endsWith('-0')).map(line)].join('\n'),
    'read-me.txt': 'not a table',
  })
  const { results, n } = await askEvaluation(matchingEvaluation, [folder], {})
  expect(n).toBe(1_200)
  expect(results['precision']).toBeGreaterThanOrEqual(0.99)
  expect(results['f1']).toBeGreaterThanOrEqual(0.97)
  expect(results['true_pairs']).toBeGreaterThanOrEqual(300)
})

test('a folder of Febrl’s data sets: each is one, the last in two files; up to five duplicates of a record', async () => {
  const [heading = '', ...lines] = febrlFile({ originals: 800, duplicates: 800, seed: 4 })
  const half = (part: string) => [heading, ...lines.filter((line) => line.includes(part))].join('\n')
  const folder = folderOf({
    'dataset1.csv': febrlFile({ originals: 300, duplicates: 300, seed: 1 }).join('\n'),
    'dataset3.csv': febrlFile({ originals: 600, duplicates: 900, seed: 3, mostEach: 5, mostFaults: 5 }).join('\n'),
    'dataset4a.csv': half('-org'),
    'dataset4b.csv': half('-dup'),
  })
  const { results, n } = await askEvaluation(matchingEvaluation, [folder], {})
  expect([results['sets'], n]).toEqual([3, 3_700])
  expect(results['precision']).toBeGreaterThanOrEqual(0.995)
  expect(results['f1']).toBeGreaterThanOrEqual(0.97)
})

test('what cannot be read is told', async () => {
  const ask = (text: string) => askEvaluation(matchingEvaluation, [folderOf({ 'a.csv': text })], {})
  await expect(ask('rec_id,colour\n1,red\n')).rejects.toThrow(EvaluationError)
  await expect(ask('rec_id,given_name,surname\n1,Anna,Roy\n1,Anne,Roy\n')).rejects.toThrow(EvaluationError)
  await expect(askEvaluation(matchingEvaluation, ['/no/such/folder'], {})).rejects.toThrow(EvaluationError)
})
