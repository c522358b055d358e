import type { ChangeableOrder } from '@ecluse/contracts/order-changes.ts'

/** What the form of a change holds. */
export type ChangeValues = {
  lines: Record<string, number>
  add: { variantId: string; name: string; quantity: number }[]
  method: 'keep' | 'delivery' | 'window' | 'pickup'
  siteId: string
  windowId: string
  address: Record<AddressField, string>
}

export const addressFields = ['name', 'street', 'street2', 'postalCode', 'locality'] as const
export type AddressField = (typeof addressFields)[number]

/** The form as it begins: the order as it is. */
export function beginChange({ lines, address, delivery }: ChangeableOrder): ChangeValues {
  return {
    lines: Object.fromEntries(lines.map((line) => [line.lineId, line.quantity])),
    add: [],
    method: 'keep',
    siteId: delivery.siteId ?? '',
    windowId: '',
    address: {
      name: address?.name ?? '',
      street: address?.street ?? '',
      street2: address?.street2 ?? '',
      postalCode: address?.postalCode ?? '',
      locality: address?.locality ?? '',
    },
  }
}

/** The change as the API takes it. */
export function changeBodyOf({ revision, lines }: ChangeableOrder, values: ChangeValues) {
  const { street2, ...rest } = values.address
  const address = { ...rest, ...(street2.trim() === '' ? {} : { street2 }) }
  const delivery = {
    keep: undefined,
    pickup: { method: 'pickup', siteId: values.siteId },
    delivery: { method: 'delivery', address },
    window: { method: 'delivery', address, windowId: values.windowId },
  }[values.method]
  return {
    revision,
    lines: lines
      .filter(({ lineId, quantity, refusal }) => refusal === null && values.lines[lineId] !== quantity)
      .map(({ lineId }) => ({ lineId, quantity: values.lines[lineId] })),
    add: values.add.map(({ variantId, quantity }) => ({ variantId, quantity })),
    ...(delivery ? { delivery } : {}),
  }
}
