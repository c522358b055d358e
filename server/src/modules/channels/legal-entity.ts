import type { z } from 'zod'
import { compactIdentifier } from '@ecluse/contracts/company-identifiers.ts'
import type { LegalEntity, legalEntityEndpoints } from '@ecluse/contracts/legal-entity.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import type { UblParty } from '../../kernel/ubl/ubl-order.ts'
import { selectLegalEntity, upsertLegalEntity } from './queries/legal-entity.ts'

type Input = z.output<typeof legalEntityEndpoints.putLegalEntity.body>

const compact = (text: string | null): string | null => (text === null ? null : compactIdentifier(text) || null)

/** Says who sells. A SIREN left out is found in the SIRET or in a French VAT number. */
export async function putLegalEntity(ctx: Ctx, tx: Tx, input: Input): Promise<void> {
  const [siren, siret, vat] = [compact(input.siren), compact(input.siret), compact(input.vatNumber)]
  const ofVat = vat?.startsWith('FR') ? vat.slice(4) : null
  await upsertLegalEntity(tx, {
    name: input.name,
    siren: siren ?? siret?.slice(0, 9) ?? ofVat,
    siret,
    vat_number: vat,
    address: input.address,
    email: input.email,
    changed_at: ctx.clock.now(),
    changed_by: actorLabel(ctx.actor),
  })
}

/** Who sells, as the API tells it. */
export async function readLegalEntity(db: Queryable): Promise<LegalEntity | null> {
  const row = await selectLegalEntity(db)
  if (!row) return null
  const { vat_number: vatNumber, changed_at: changedAt, changed_by: changedBy, ...rest } = row
  return { ...rest, vatNumber, changedAt: changedAt.toISOString(), changedBy }
}

/** Who sells, as a party of a UBL document; by a name at least. */
export async function ownParty(db: Queryable, name: string): Promise<UblParty> {
  const row = await selectLegalEntity(db)
  if (!row) return { name, siren: null, siret: null, vatNumber: null }
  return { name: row.name, siren: row.siren, siret: row.siret, vatNumber: row.vat_number }
}
