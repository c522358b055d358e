import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, type Queryable, type Tx } from '../../../kernel/db.ts'

/** Who sells, as documents name them. */
export type LegalEntityRow = {
  name: string
  siren: string | null
  siret: string | null
  vat_number: string | null
  address: PostalAddress | null
  email: string | null
  changed_at: Date
  changed_by: string | null
}

/** Who sells; undefined until somebody says. */
export function selectLegalEntity(db: Queryable): Promise<LegalEntityRow | undefined> {
  return maybeOne(
    db,
    sql`select name, siren, siret, vat_number, address, email, changed_at, changed_by from channels.legal_entity`,
  )
}

export async function upsertLegalEntity(tx: Tx, row: LegalEntityRow): Promise<void> {
  await execute(
    tx,
    sql`insert into channels.legal_entity (one, name, siren, siret, vat_number, address, email, changed_at, changed_by)
        values (true, ${row.name}, ${row.siren}, ${row.siret}, ${row.vat_number},
          ${row.address === null ? null : JSON.stringify(row.address)}::json, ${row.email}, ${row.changed_at}, ${row.changed_by})
        on conflict (one) do update set name = excluded.name, siren = excluded.siren, siret = excluded.siret,
          vat_number = excluded.vat_number, address = excluded.address, email = excluded.email,
          changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
  )
}
