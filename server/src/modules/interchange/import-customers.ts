import { emailSchema, postalAddressSchema, type PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { normalisePhone, writeCustomers, type CustomerInput } from '../customers/public.ts'
import { issueLog, quoted, type Issue, type IssueLog } from './domain/issue.ts'
import type { PlainColumns } from './domain/plain-columns.ts'
import type { CsvRow } from './domain/shopify-rows.ts'
import { noOutcomes, type Batch, type BatchResult, type ImportTask } from './importer.ts'
import { readBatches } from './read-batches.ts'

const columnNames = {
  email: ['e_mail', 'mail', 'courriel', 'adresse_e_mail'],
  name: ['nom', 'full_name'],
  kind: ['type', 'nature'],
  phone: ['telephone', 'tel', 'mobile'],
  reference: ['numero', 'customer_id', 'numero_client'],
  street: ['rue', 'address', 'adresse', 'address1'],
  street2: ['complement', 'address2'],
  postal_code: ['code_postal', 'zip', 'postcode'],
  locality: ['ville', 'city', 'commune'],
  country: ['pays', 'country_code'],
  language: ['langue', 'locale'],
} as const
type Field = keyof typeof columnNames

type Customer = { line: number; key: string; input: CustomerInput }

const refusalCodes = {
  no_key: 'import.customer_without_key',
  invalid_phone: 'import.phone_invalid',
  email_of_another: 'import.email_of_another',
} as const

/** People and companies. What a line leaves empty stays as it is. */
export async function* importCustomers(task: ImportTask): AsyncGenerator<Batch> {
  for await (const { rows, blankLines, columns } of readBatches<Field>(task, columnNames, ['name'])) {
    const issues: Issue[] = []
    const customers = rows.flatMap((row) => readCustomer(row, columns, issues, task.settings.locale))
    yield { write: (ctx, tx) => write(ctx, tx, customers, { issues, records: rows.length, blankLines }) }
  }
}

function readCustomer(row: CsvRow, columns: PlainColumns<Field>, issues: Issue[], language: 'fr' | 'en'): Customer[] {
  const cell = (field: Field): string => columns.cell(row.values, field)
  const [email, reference] = [cell('email'), cell('reference')]
  const log = issueLog(email || reference || null)
  if (cell('name') === '') log.refuse(row.line, 'import.value_missing', 'name')
  if (cell('name').length > 120) log.refuse(row.line, 'import.value_invalid', 'name', { value: quoted(cell('name')) })
  if (email !== '' && !emailSchema.safeParse(email).success)
    log.refuse(row.line, 'import.value_invalid', 'email', { value: quoted(email) })
  if (email === '' && reference === '') log.refuse(row.line, 'import.customer_without_key', 'email')
  const kind = oneOf(cell('kind').toLowerCase(), {
    person: ['', 'person', 'personne', 'particulier'],
    company: ['company', 'entreprise', 'societe', 'société'],
  })
  if (!kind) log.refuse(row.line, 'import.value_invalid', 'kind', { value: quoted(cell('kind')) })
  const locale = oneOf(cell('language').toLowerCase().slice(0, 2), {
    fr: language === 'fr' ? ['', 'fr'] : ['fr'],
    en: language === 'en' ? ['', 'en'] : ['en'],
  })
  if (!locale) log.refuse(row.line, 'import.value_invalid', 'language', { value: quoted(cell('language')) })
  const refused = log.issues.length > 0
  const phone = cell('phone')
  const address = readAddress(row.line, cell, log)
  if (phone !== '' && normalisePhone(phone) === null)
    log.warn(row.line, 'import.phone_invalid', 'phone', { value: quoted(phone) })
  issues.push(...log.issues)
  if (refused || !kind || !locale) return []
  const input = {
    kind,
    locale,
    name: cell('name'),
    email: email || null,
    phone: phone !== '' && normalisePhone(phone) !== null ? phone : null,
    reference: reference || null,
    address,
  }
  return [{ line: row.line, key: email || reference, input }]
}

function oneOf<T extends string>(written: string, values: Readonly<Record<T, readonly string[]>>): T | undefined {
  return (Object.keys(values) as T[]).find((value) => values[value].includes(written))
}

function readAddress(line: number, cell: (field: Field) => string, log: IssueLog): PostalAddress | null {
  const written = [cell('street'), cell('street2'), cell('postal_code'), cell('locality')]
  if (written.every((text) => text === '')) return null
  const parsed = postalAddressSchema.safeParse({
    name: cell('name'),
    street: cell('street'),
    ...(cell('street2') === '' ? {} : { street2: cell('street2') }),
    postalCode: cell('postal_code'),
    locality: cell('locality'),
    country: cell('country').toUpperCase() || 'FR',
  })
  if (parsed.success) return parsed.data
  log.warn(line, 'import.address_incomplete', 'street')
  return null
}

async function write(
  ctx: Ctx,
  tx: Tx,
  customers: readonly Customer[],
  read: { issues: readonly Issue[]; records: number; blankLines: number },
): Promise<BatchResult> {
  const written = await writeCustomers(
    ctx,
    tx,
    customers.map(({ input }) => input),
  )
  const issues = [...read.issues]
  const outcomes = { ...noOutcomes, refused: read.records - customers.length }
  written.forEach((result, index) => {
    outcomes[result.outcome]++
    const customer = customers[index]
    if (result.outcome !== 'refused' || !customer) return
    const { line, key, input } = customer
    const field = result.reason === 'invalid_phone' ? 'phone' : 'email'
    const values: Issue['values'] = result.reason === 'invalid_phone' ? { value: quoted(input.phone ?? '') } : {}
    issues.push({ line, severity: 'refused', key, field, code: refusalCodes[result.reason], values })
  })
  return { outcomes, issues, counts: { lines: read.records + read.blankLines, blankLines: read.blankLines } }
}
