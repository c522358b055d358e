import { chainKey, checkChain, sealLink } from '../../../kernel/chain.ts'
import type { Config } from '../../../kernel/config.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { certificates, insertCertificate, keptOf, type CertificateRow, type ErasureStep } from '../queries/erasures.ts'
import { lockChain } from '../queries/locks.ts'
import type { RequestRow } from '../queries/requests.ts'

/** The purpose of the key that signs certificates. */
const certificateKey = 'erasure certificate'

/** What a certificate says. It names nobody: whoever was erased is recognised by the keyed fingerprint of their mailbox. */
export type CertificateContent = {
  readonly sequence: number
  readonly id: string
  readonly request: string
  readonly askedAt: string
  readonly erasedAt: string
  readonly subject: string | null
  readonly erased: readonly ErasureStep[]
  readonly kept: readonly { law: string; records: number; until: string }[]
}

/** Seals the certificate of an erasure behind the last one. */
export async function certify(ctx: Ctx, tx: Tx, request: RequestRow, steps: readonly ErasureStep[]): Promise<void> {
  const last = await lockChain(tx)
  const content: CertificateContent = {
    sequence: (last?.sequence ?? 0) + 1,
    id: ctx.ids.next(),
    request: request.number,
    askedAt: request.received_at.toISOString(),
    erasedAt: ctx.clock.now().toISOString(),
    subject: request.fingerprint?.toString('base64url') ?? null,
    erased: steps.filter(({ rows }) => rows > 0),
    kept: await keptOf(tx, request.id),
  }
  const link = sealLink(chainKey(ctx.config.sessionSecret, certificateKey), content, last?.hash ?? null)
  await insertCertificate(tx, { sequence: content.sequence, id: content.id, request_id: request.id, ...link })
}

/** The chain of certificates, and whether every one is what was sealed, none missing before the last. */
export async function verifyCertificates(
  { sessionSecret }: Config,
  db: Queryable,
): Promise<{ intact: boolean; rows: CertificateRow[] }> {
  const rows = await certificates(db)
  const numbered = rows.every((row, index) => {
    const { sequence, id } = contentOf(row)
    return row.sequence === index + 1 && sequence === row.sequence && id === row.id
  })
  return { intact: numbered && checkChain(chainKey(sessionSecret, certificateKey), rows) === null, rows }
}

export const contentOf = (row: CertificateRow): CertificateContent => JSON.parse(row.content) as CertificateContent
