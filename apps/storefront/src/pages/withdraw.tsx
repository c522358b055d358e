/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { emailSchema } from '@ecluse/contracts/scalars.ts'
import type { ContractKey, WithdrawableOrder, Withdrawal } from '@ecluse/contracts/withdrawals.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { addresses } from '../paths.ts'
import { goTo, link, newFormKey, type Visit } from '../visit.ts'
import { ChooseLines, ConfirmWithdrawal, type Declaration } from './withdraw-steps.tsx'

/** The order meant by a form, or by the order's own link. */
function contractOf(values: URLSearchParams): ContractKey | null {
  const orderId = values.get('order') ?? ''
  if (orderId !== '') return { orderId, token: values.get('token') ?? '' }
  const number = (values.get('number') ?? '').trim()
  return number === '' ? null : { number, email: (values.get('orderEmail') ?? '').trim() }
}

function declarationOf(values: URLSearchParams, contract: ContractKey): Declaration {
  const quantities = new Map<string, number>()
  for (const [name, value] of values) {
    const lineId = name.startsWith('line-') ? name.slice('line-'.length) : ''
    const quantity = Number(value)
    if (lineId !== '' && Number.isInteger(quantity) && quantity > 0) quantities.set(lineId, quantity)
  }
  const email = (values.get('email') ?? ('email' in contract ? contract.email : '')).trim()
  return { contract, name: (values.get('name') ?? '').trim(), email, quantities }
}

/** « Renoncer à mon contrat »: asks which order, or opens on it when it came by the order's own page. */
export function withdrawPage(visit: Visit) {
  const contract = contractOf(visit.query)
  return contract ? chooseLines(visit, contract) : showFinder(visit, {})
}

/**
 * Two steps, then the receipt: what and who, then « Confirmer la rétractation » (directive 2011/83/EU, article 11a; Code de la
 * consommation, L221-21 and D221-5). Each is a plain form.
 */
export async function withdrawForm(visit: Visit) {
  const { form, t, locale } = visit
  const contract = contractOf(form)
  if (!contract) return showFinder(visit, { number: t('withdraw.number_missing') }, 422)
  if (form.get('step') === 'find') return chooseLines(visit, contract)
  const declaration = declarationOf(form, contract)
  const found = await find(visit, contract)
  if (found instanceof ApiError) return showFinder(visit, { form: found.problem.detail }, found.problem.status)
  const errors = errorsOf(visit, declaration)
  if (Object.keys(errors).length > 0) return showLines(visit, found, declaration, errors, 422)
  if (form.get('step') !== 'confirm') {
    return showStep(
      visit,
      t('withdraw.confirm_title'),
      <ConfirmWithdrawal {...{ visit, declaration }} order={found} formKey={newFormKey()} />,
    )
  }
  let declared: Withdrawal
  try {
    const { name, email, quantities } = declaration
    const lines = [...quantities].map(([lineId, quantity]) => ({ lineId, quantity }))
    declared = await visit.call(
      endpoints.declareWithdrawal,
      { body: { contract, lines, name, email, locale } },
      { idempotencyKey: form.get('key') ?? newFormKey() },
    )
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return await chooseLines(visit, contract, { form: error.problem.detail }, error.problem.status)
  }
  const { id: withdrawalId, accessToken: token } = declared
  return goTo(visit, link(visit, 'withdrawn', { withdrawalId }, { token }))
}

function errorsOf({ t }: Visit, { name, email, quantities }: Declaration): FormErrors {
  return {
    ...(quantities.size === 0 ? { lines: t('withdraw.lines_missing') } : {}),
    ...(name === '' ? { name: t('form.name_missing') } : {}),
    ...(emailSchema.safeParse(email).success ? {} : { email: t('withdraw.email_wrong') }),
  }
}

async function find(visit: Visit, contract: ContractKey): Promise<WithdrawableOrder | ApiError> {
  try {
    return await visit.call(endpoints.findWithdrawable, { body: { contract, locale: visit.locale } })
  } catch (error) {
    if (error instanceof ApiError && error.problem.status < 500) return error
    throw error
  }
}

async function chooseLines(visit: Visit, contract: ContractKey, errors: FormErrors = {}, status = 200) {
  const found = await find(visit, contract)
  if (found instanceof ApiError) {
    const wrong = found.problem.code === 'kernel.invalid_input'
    const form = wrong ? visit.t('withdraw.not_found') : found.problem.detail
    return showFinder(visit, { form }, found.problem.status)
  }
  return showLines(visit, found, declarationOf(visit.form, contract), errors, status)
}

function showLines(
  visit: Visit,
  order: WithdrawableOrder,
  declaration: Declaration,
  errors: FormErrors,
  status: number,
) {
  const title = visit.t('withdraw.title')
  return showStep(visit, title, <ChooseLines {...{ visit, order, declaration, errors }} />, errors, status)
}

function showFinder(visit: Visit, errors: FormErrors, status = 200) {
  const { t, form } = visit
  return showStep(
    visit,
    t('withdraw.title'),
    <>
      <p class="lead">{t('withdraw.lead')}</p>
      <form method="post" action={link(visit, 'withdraw')} class="pass-form">
        <input type="hidden" name="step" value="find" />
        <Field
          {...{ visit, errors }}
          name="number"
          label={t('withdraw.number')}
          hint={t('withdraw.number_hint')}
          value={form.get('number') ?? ''}
          autocomplete="off"
          maxLength={40}
        />
        <Field
          {...{ visit, errors }}
          name="orderEmail"
          type="email"
          label={t('withdraw.order_email')}
          value={form.get('orderEmail') ?? ''}
          autocomplete="email"
          maxLength={254}
        />
        <button class="button primary large" type="submit">
          {t('withdraw.find')}
        </button>
      </form>
      <p class="muted">
        <a href={link(visit, 'account')}>{t('withdraw.by_account')}</a>
      </p>
    </>,
    errors,
    status,
  )
}

function showStep(visit: Visit, title: string, body: ComponentChildren, errors: FormErrors = {}, status = 200) {
  return show(
    visit,
    {
      title,
      description: title,
      alternates: addresses.withdraw,
      indexed: false,
      personal: true,
      body: (
        <div class="message-page withdraw">
          <h1 class="editorial">{title}</h1>
          <ErrorSummary visit={visit} errors={errors} />
          {body}
        </div>
      ),
    },
    status,
  )
}
