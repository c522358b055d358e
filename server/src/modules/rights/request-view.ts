import type { RightsLink, RightsRequest } from '@ecluse/contracts/rights.ts'
import type { Queryable } from '../../kernel/db.ts'
import { archiveOf, type ArchiveRow } from './queries/archives.ts'
import { certificateOf, erasureOf, keptOf } from './queries/erasures.ts'
import type { RequestRow } from './queries/requests.ts'

/** A request as the desk shows it. */
export async function requestView(db: Queryable, row: RequestRow): Promise<RightsRequest> {
  const [archive, erasure, certificate, kept] = await Promise.all([
    archiveOf(db, row.id),
    erasureOf(db, row.id),
    certificateOf(db, row.id),
    keptOf(db, row.id),
  ])
  return {
    ...requestSummary(row),
    email: row.email,
    extendedReason: row.extended_reason,
    identifiedAt: row.identified_at?.toISOString() ?? null,
    identifiedBy: row.identified_by,
    reason: row.reason,
    answer: row.answer,
    closedBy: row.closed_by,
    obstacles: row.obstacles,
    archive: archive ? archiveView(archive) : null,
    erased: erasure?.steps.map(({ table, rows }) => ({ table, rows })) ?? [],
    kept: kept.map(({ law, records, until }) => ({ law, records, until })),
    certificate: certificate ? { number: certificate.sequence, hash: certificate.hash.toString('hex') } : null,
  }
}

export function requestSummary(row: RequestRow) {
  const { id, number, kind, state, origin, identity, progress } = row
  return {
    id,
    number,
    kind,
    state,
    origin,
    customerId: row.party_id,
    receivedAt: row.received_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    identity,
    progress,
    closedAt: row.closed_at?.toISOString() ?? null,
  }
}

function archiveView(row: ArchiveRow) {
  return {
    bytes: Number(row.bytes),
    sha256: row.sha256,
    madeAt: row.made_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    downloads: row.downloads,
    firstDownloadedAt: row.first_downloaded_at?.toISOString() ?? null,
    removed: row.removed_at !== null,
  }
}

/** A request as whoever holds its link sees it. */
export async function linkView(db: Queryable, row: RequestRow): Promise<RightsLink> {
  const archive = await archiveOf(db, row.id)
  const certificate = await certificateOf(db, row.id)
  const { number, kind, state, progress, obstacles, locale } = row
  return {
    number,
    kind,
    state,
    progress,
    obstacles,
    locale,
    receivedAt: row.received_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    archive: archive && archive.removed_at === null ? archiveView(archive) : null,
    certificate: certificate !== undefined,
  }
}
