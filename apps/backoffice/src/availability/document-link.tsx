import { Link } from '@tanstack/react-router'
import type { Arrival } from '@ecluse/contracts/availability.ts'

type Announced = Pick<Arrival, 'kind' | 'documentId' | 'number' | 'sender'>

/** The document goods come by: an order to a supplier, or a transfer. */
export function DocumentLink({ arrival: { kind, documentId, number, sender } }: { arrival: Announced }) {
  const words = `${number} · ${sender}`
  return kind === 'transfer' ? (
    <Link to="/stock/transfers/$transferId" params={{ transferId: documentId }} className="bo-link">
      {words}
    </Link>
  ) : (
    <Link to="/stock/supplier-orders/$supplierOrderId" params={{ supplierOrderId: documentId }} className="bo-link">
      {words}
    </Link>
  )
}
