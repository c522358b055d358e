import type { LeftToStaff } from '@ecluse/contracts/supplier-orders.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { AppliedLine } from '../supplier-orders/apply-answer.ts'

/** A supplier as documents name it. */
export type SupplierRow = {
  name: string
  siren: string | null
  siret: string | null
  vat_number: string | null
  email: string | null
}

export function selectSupplier(db: Queryable, name: string): Promise<SupplierRow | undefined> {
  return maybeOne(db, sql`select name, siren, siret, vat_number, email from inventory.supplier where name = ${name}`)
}

export async function upsertSupplier(tx: Tx, row: SupplierRow, at: Date, by: string | null): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.supplier (name, siren, siret, vat_number, email, changed_at, changed_by)
        values (${row.name}, ${row.siren}, ${row.siret}, ${row.vat_number}, ${row.email}, ${at}, ${by})
        on conflict (name) do update set siren = excluded.siren, siret = excluded.siret, vat_number = excluded.vat_number,
          email = excluded.email, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
  )
}

/** What a supplier answered, and what it changed. */
export type SupplierDocumentRow = {
  kind: 'order_response' | 'despatch_advice'
  document_id: string
  issued_on: string | null
  content: {
    code: string | null
    trackingId: string | null
    // Documents taken in before it was read have none of these.
    carrier?: string | null
    note?: string | null
    lines: (Omit<AppliedLine, 'note' | 'lots'> & Partial<AppliedLine>)[]
  }
  received_at: Date
  received_by: string | null
  /** What of it could not be done by itself, of goods that go to a customer. */
  left_to_staff: LeftToStaff | null
}

/** Keeps a document. @returns false when it was kept before */
export async function insertDocument(
  tx: Tx,
  supplierOrderId: string,
  row: Omit<SupplierDocumentRow, 'left_to_staff'>,
): Promise<boolean> {
  const kept = await execute(
    tx,
    sql`insert into inventory.supplier_document
          (supplier_order_id, kind, document_id, issued_on, content, received_at, received_by)
        values (${supplierOrderId}, ${row.kind}, ${row.document_id}, ${row.issued_on}, ${JSON.stringify(row.content)}::json,
          ${row.received_at}, ${row.received_by})
        on conflict do nothing`,
  )
  return kept > 0
}

/** What a supplier answered to an order, the first first. */
export async function selectDocuments(db: Queryable, supplierOrderId: string): Promise<SupplierDocumentRow[]> {
  return query(
    db,
    sql`select kind, document_id, issued_on::text as issued_on, content, received_at, received_by, left_to_staff
        from inventory.supplier_document where supplier_order_id = ${supplierOrderId} order by received_at, document_id`,
  )
}

/** Notes what of a document somebody has to do by hand. */
export async function updateLeftToStaff(
  tx: Tx,
  { supplierOrderId, kind, documentId }: { supplierOrderId: string; kind: string; documentId: string },
  left: LeftToStaff,
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.supplier_document set left_to_staff = ${left}
        where supplier_order_id = ${supplierOrderId} and kind = ${kind} and document_id = ${documentId}`,
  )
}

/** Writes down what the supplier promises of lines: how many, and when. */
export async function updatePromised(
  tx: Tx,
  supplierOrderId: string,
  lines: readonly { readonly variantId: string; readonly units: number; readonly expectedOn: string | null }[],
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.supplier_order_line l set ordered_units = d.units, expected_on = d.expected_on
        from unnest(${lines.map((line) => line.variantId)}::uuid[], ${lines.map((line) => line.units)}::int[],
          ${lines.map((line) => line.expectedOn)}::date[]) as d (variant_id, units, expected_on)
        where l.supplier_order_id = ${supplierOrderId} and l.variant_id = d.variant_id`,
  )
}

/** How the supplier calls the order. */
export async function updateSupplierReference(tx: Tx, supplierOrderId: string, reference: string): Promise<void> {
  await execute(
    tx,
    sql`update inventory.supplier_order set supplier_reference = ${reference} where supplier_order_id = ${supplierOrderId}`,
  )
}
