import { text } from '../../../kernel/messages.ts'
import type { DirectOrder } from '../../inventory/public.ts'
import type { Sender } from '../domain/sender.ts'
import type { Mail } from './mail.ts'

/** Asks a supplier to send goods to a customer of ours, or tells them not to any more. Nothing is said of prices, and only the address of the customer. */
export function composeSupplierOrder(
  kind: 'supplier_order' | 'supplier_order_ended',
  order: DirectOrder,
  sender: Sender,
): Mail {
  const { locale, number, shipTo } = order
  const values = { number, shop: sender.name, supplier: order.supplierName }
  const words = (part: string) => text(locale, `mail.${kind}.${part}`, values)
  const lines = order.lines.map(({ sku, gtin, name, units }) => ({
    quantity: String(units),
    name,
    details: [sku, ...(gtin === null ? [] : [`GTIN ${gtin}`])],
    total: null,
  }))
  const address = [
    shipTo.name,
    shipTo.street,
    ...(shipTo.street2 ? [shipTo.street2] : []),
    `${shipTo.postalCode} ${shipTo.locality}`,
    shipTo.country,
  ]
  return {
    subject: words('subject'),
    preheader: words('intro'),
    title: words('title'),
    blocks: [
      { kind: 'text', text: words('intro') },
      { kind: 'lines', title: text(locale, 'mail.supplier_order.lines'), lines },
      ...(kind === 'supplier_order'
        ? ([
            {
              kind: 'facts',
              title: text(locale, 'mail.supplier_order.where'),
              facts: [{ label: text(locale, 'mail.supplier_order.address'), lines: address }],
            },
            { kind: 'text', text: words('answer') },
          ] as const)
        : []),
    ],
    footer: [words('why'), text(locale, 'mail.contact', { shop: sender.name, address: sender.address })],
  }
}
