/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PaidChangeOutcome, WaitingOrderChange } from '@ecluse/contracts/order-changes.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { absolute } from '../document.tsx'
import type { FormErrors } from '../parts/field.tsx'
import { ChangeList } from '../parts/order-change.tsx'
import { orderFormPage, readForHolder, tokenOf } from '../parts/order-form.tsx'
import { money } from '../parts/price.tsx'
import { goTo, link, newFormKey, type Visit } from '../visit.ts'
import { CardChoice } from './checkout-fields.tsx'

/** How often the page asks again while the bank is silent, in seconds. */
const askEverySeconds = 4

const paramsOf = ({ params }: Visit) => ({ orderId: params['orderId'] ?? '', changeId: params['changeId'] ?? '' })

/** Where the difference of a change is paid; also the way back from the bank, whose answer decides. */
export async function changePaymentPage(visit: Visit) {
  const params = paramsOf(visit)
  const token = tokenOf(visit)
  const outcome = await readForHolder(() =>
    visit.call(endpoints.confirmChange, { params, body: { locale: visit.locale, ...(token ? { token } : {}) } }),
  )
  // Paid, given up or too late: the order says what it is now.
  if (outcome?.order && outcome.waiting?.id !== params.changeId)
    return goTo(visit, link(visit, 'order', { orderId: params.orderId }, { token }))
  return showPayment(visit, outcome, {}, 200)
}

/** Pays, or gives the change up. */
export async function changePaymentForm(visit: Visit) {
  const { form, locale } = visit
  const params = paramsOf(visit)
  const token = tokenOf(visit)
  const holder = token ? { token } : {}
  const key = { idempotencyKey: form.get('key') ?? newFormKey() }
  try {
    if (form.get('act') === 'withdraw') {
      const { order } = await visit.call(endpoints.withdrawChange, { params, body: { locale, ...holder } }, key)
      // Who holds the link of the change alone is told what became of it, and nothing of the order.
      const next = order
        ? link(visit, 'order', { orderId: params.orderId }, { token })
        : link(visit, 'changePayment', params, { token })
      return await goTo(visit, next)
    }
    const { waiting } = await visit.call(
      endpoints.payChange,
      {
        params,
        body: {
          ...holder,
          card: form.get('card') ?? '',
          returnUrl: absolute(visit, link(visit, 'changePayment', params, { token })),
        },
      },
      key,
    )
    if (waiting?.challengeUrl) return await goTo(visit, waiting.challengeUrl)
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    const { problem } = error
    const found = await readForHolder(() =>
      visit.call(endpoints.confirmChange, { params, body: { locale, ...holder } }),
    )
    const errors: FormErrors = problem.code.startsWith('payments.')
      ? { card: problem.detail }
      : { form: problem.detail }
    return showPayment(visit, found, errors, problem.status)
  }
  return goTo(visit, link(visit, 'changePayment', params, { token }))
}

function showPayment(visit: Visit, outcome: PaidChangeOutcome | null, errors: FormErrors, status: number) {
  const waiting = outcome?.waiting ?? null
  const silent = waiting?.payment === 'pending'
  return orderFormPage(visit, {
    name: 'changePayment',
    params: paramsOf(visit),
    number: outcome?.number ?? null,
    alone: outcome?.order === null,
    title: visit.t('change.pay_title'),
    errors,
    status,
    ...(silent ? { refreshSeconds: askEverySeconds } : {}),
    children: waiting ? (
      <Waiting {...{ visit, waiting, errors }} />
    ) : (
      outcome && <p role="status">{visit.t(`change.end.${outcome.state}`)}</p>
    ),
  })
}

function Waiting({ visit, waiting, errors }: { visit: Visit; waiting: WaitingOrderChange; errors: FormErrors }) {
  const { t, locale } = visit
  const amount = money(visit, waiting.due)
  const instead = waiting.changes.some(({ kind }) => kind === 'substitute')
  return (
    <>
      <ChangeList visit={visit} changes={waiting.changes} />
      <p>
        {t(instead ? 'change.answer_until' : 'change.kept_until', {
          date: formatDate(waiting.expiresAt, locale, 'full'),
        })}
      </p>
      {waiting.payment === 'pending' && (
        <p class="banner waiting" role="status">
          <span>{t('change.bank_silent')}</span>
        </p>
      )}
      {waiting.payment === 'challenge' && waiting.challengeUrl && (
        <p>
          <a class="button primary large" href={waiting.challengeUrl}>
            {t('change.go_bank')}
          </a>
        </p>
      )}
      {waiting.payment === 'none' && (
        <form method="post" action={link(visit, 'changePayment', paramsOf(visit))} class="checkout-form" noValidate>
          <input type="hidden" name="token" value={tokenOf(visit)} />
          <input type="hidden" name="key" value={newFormKey()} />
          <CardChoice {...{ visit, errors }} values={{ card: visit.form.get('card') ?? 'tok_accept' }} />
          <p class="actions">
            <button class="button primary large" type="submit">
              {t('change.pay', { amount })}
            </button>
            <button class="button large" type="submit" name="act" value="withdraw">
              {t(instead ? 'change.refuse_substitute' : 'change.give_up')}
            </button>
          </p>
        </form>
      )}
    </>
  )
}
