/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { show } from '../document.tsx'
import { addressOf, type AddressName } from '../paths.ts'
import { isRefusal, link, type Visit } from '../visit.ts'
import { notFound } from '../pages/not-found.tsx'
import { WithNumber } from './with-number.tsx'
import { ErrorSummary, type FormErrors } from './field.tsx'

/** The token of the order a page is about: in its address, or in the form that was sent. */
export const tokenOf = ({ query, form }: Visit): string => form.get('token') ?? query.get('token') ?? ''

/** Reads something of an order for its holder; null when there is nothing they may see. */
export async function readForHolder<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (isRefusal(error, 'orders.not_found', 'orders.change_not_found', 'kernel.invalid_input')) return null
    throw error
  }
}

/** A page about one order on which its holder decides something: title, what is wrong, the order's number, and the way back. */
export function orderFormPage(
  visit: Visit,
  page: {
    name: AddressName
    params: Record<string, string>
    /** Null when there is no such order. */
    number: string | null
    title: string
    errors: FormErrors
    status: number
    refreshSeconds?: number
    /** Whether who reads it sees nothing else of the order. */
    alone?: boolean
    children: ComponentChildren
  },
) {
  if (page.number === null) return notFound(visit)
  const { t } = visit
  const { name, params, title, errors, number, children, refreshSeconds, alone = false } = page
  const token = tokenOf(visit)
  const own = (language: Visit['locale']): string => addressOf(name, language, params, { token })
  return show(
    visit,
    {
      title,
      description: title,
      alternates: { fr: own('fr'), en: own('en') },
      indexed: false,
      personal: true,
      ...(refreshSeconds === undefined ? {} : { refreshSeconds }),
      body: (
        <div class="message-page withdraw">
          <h1 class="editorial">{title}</h1>
          <ErrorSummary visit={visit} errors={errors} />
          <p class="lead">
            <WithNumber text={t('sendBack.order', { number })} number={number} />
          </p>
          {children}
          {!alone && (
            <p>
              <a href={link(visit, 'order', { orderId: params['orderId'] ?? '' }, { token })}>{t('sendBack.back')}</a>
            </p>
          )}
        </div>
      ),
    },
    page.status,
  )
}
