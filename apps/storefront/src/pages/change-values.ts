import type { Cart } from '@ecluse/contracts/carts.ts'
import type { ChangeableOrder } from '@ecluse/contracts/order-changes.ts'
import type { FormErrors } from '../parts/field.tsx'
import type { Visit } from '../visit.ts'

/** What the form of a change holds, as it was typed. */
export type ChangeValues = {
  readonly revision: number
  /** Quantity wanted of each line that can be changed. */
  readonly quantities: ReadonlyMap<string, number>
  /** Articles of the cart that are to come along. */
  readonly add: readonly string[]
  /** `keep`, `delivery`, `window` or `pickup`. */
  readonly method: string
  readonly siteId: string
  readonly windowId: string
  readonly name: string
  readonly street: string
  readonly street2: string
  readonly postalCode: string
  readonly locality: string
}

const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** The form as it begins: the order as it is. */
export function valuesOfOrder(order: ChangeableOrder): ChangeValues {
  const { address } = order
  return {
    revision: order.revision,
    quantities: new Map(order.lines.map((line) => [line.lineId, line.quantity])),
    add: [],
    method: 'keep',
    siteId: order.delivery.siteId ?? '',
    windowId: '',
    name: address?.name ?? '',
    street: address?.street ?? '',
    street2: address?.street2 ?? '',
    postalCode: address?.postalCode ?? '',
    locality: address?.locality ?? '',
  }
}

/** The form as it was sent. */
export function valuesOfForm(form: URLSearchParams): ChangeValues {
  const text = (name: string, most: number): string => (form.get(name) ?? '').trim().slice(0, most)
  const quantities = new Map<string, number>()
  for (const [name, value] of form) {
    const lineId = name.startsWith('line-') ? name.slice('line-'.length) : ''
    const quantity = Number(value)
    if (lineId !== '' && value !== '' && Number.isInteger(quantity) && quantity >= 0) quantities.set(lineId, quantity)
  }
  const [windowId = ''] = text('windowId', 80).split('.')
  return {
    revision: Number(form.get('revision')),
    quantities,
    add: form.getAll('add').filter((id) => isUuid.test(id)),
    method: text('method', 20) || 'keep',
    siteId: text('siteId', 60),
    windowId,
    name: text('name', 120),
    street: text('street', 200),
    street2: text('street2', 200),
    postalCode: text('postalCode', 12).replace(/\s/g, ''),
    locality: text('locality', 120),
  }
}

/** What is wrong with it, by field. */
export function changeErrors({ t }: Visit, values: ChangeValues): FormErrors {
  const errors: FormErrors = {}
  if (values.method === 'pickup' && !isUuid.test(values.siteId)) errors['siteId'] = t('checkout.shop_missing')
  if (values.method === 'window' && !isUuid.test(values.windowId)) errors['windowId'] = t('checkout.window_missing')
  if (values.method === 'delivery' || values.method === 'window') {
    if (values.name === '') errors['name'] = t('form.name_missing')
    if (values.street === '') errors['street'] = t('form.street_missing')
    if (!/^\d{5}$/.test(values.postalCode)) errors['postalCode'] = t('form.postal_code_wrong')
    if (values.locality === '') errors['locality'] = t('form.locality_missing')
  }
  return errors
}

/** The change as the API takes it; the values have been found right. */
export function changeBody(
  visit: Visit,
  order: ChangeableOrder,
  cart: Cart | null,
  values: ChangeValues,
  token: string,
) {
  const { street2 } = values
  const address = {
    name: values.name,
    street: values.street,
    ...(street2 ? { street2 } : {}),
    postalCode: values.postalCode,
    locality: values.locality,
    country: 'FR',
  }
  const delivery =
    values.method === 'pickup'
      ? { method: 'pickup' as const, siteId: values.siteId }
      : values.method === 'delivery'
        ? { method: 'delivery' as const, address }
        : values.method === 'window'
          ? { method: 'delivery' as const, address, windowId: values.windowId }
          : undefined
  return {
    revision: values.revision,
    locale: visit.locale,
    lines: order.lines.flatMap(({ lineId, quantity: before, refusal }) => {
      const quantity = values.quantities.get(lineId)
      return quantity === undefined || quantity === before || refusal !== null ? [] : [{ lineId, quantity }]
    }),
    add: (cart?.lines ?? [])
      .filter(({ variantId }) => values.add.includes(variantId))
      .map(({ variantId, quantity }) => ({ variantId, quantity })),
    ...(delivery ? { delivery } : {}),
    ...(token ? { token } : {}),
  }
}
