/** @jsxRuntime automatic @jsxImportSource preact */
import type { ContractKey, WithdrawableOrder } from '@ecluse/contracts/withdrawals.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { Field, FieldError, type FormErrors } from '../parts/field.tsx'
import { ExceptionNote } from '../parts/exception-note.tsx'
import { Picture } from '../parts/picture.tsx'
import { link, type Visit } from '../visit.ts'

/** What was typed so far; it travels in the form from step to step, so that nothing is kept of who only looked. */
export type Declaration = {
  readonly contract: ContractKey
  readonly name: string
  readonly email: string
  readonly quantities: ReadonlyMap<string, number>
}

type Props = { visit: Visit; order: WithdrawableOrder; declaration: Declaration }

/** Which order is meant, carried along. */
function ContractFields({ contract }: Pick<Declaration, 'contract'>) {
  return 'number' in contract ? (
    <>
      <input type="hidden" name="number" value={contract.number} />
      <input type="hidden" name="orderEmail" value={contract.email} />
    </>
  ) : (
    <>
      <input type="hidden" name="order" value={contract.orderId} />
      <input type="hidden" name="token" value={contract.token} />
    </>
  )
}

/** The first step: which articles, how many, who declares it and where the receipt goes. */
export function ChooseLines({ visit, order, declaration, errors }: Props & { errors: FormErrors }) {
  const { t, locale } = visit
  const some = order.lines.some(({ withdrawable }) => withdrawable > 0)
  return (
    <form method="post" action={link(visit, 'withdraw')} class="pass-form">
      <ContractFields contract={declaration.contract} />
      <input type="hidden" name="step" value="review" />
      <p class="lead">
        {t('withdraw.order', { number: order.number, date: formatDate(order.placedAt, locale, 'dayLong') })}
      </p>
      {order.until && some && (
        <p>{t('withdraw.until', { date: formatDate(order.until, locale, 'weekday'), days: order.days })}</p>
      )}
      <fieldset class="withdraw-lines" id="field-lines" aria-describedby={errors.lines ? 'lines-error' : undefined}>
        <legend>{t('withdraw.which')}</legend>
        <FieldError name="lines" errors={errors} />
        <ul class="order-lines">
          {order.lines.map((line) => (
            <Choice key={line.lineId} {...{ visit, line }} chosen={declaration.quantities.get(line.lineId)} />
          ))}
        </ul>
      </fieldset>
      {some ? (
        <>
          <Field
            {...{ visit, errors }}
            name="name"
            label={t('withdraw.name')}
            value={declaration.name}
            autocomplete="name"
            maxLength={120}
          />
          <Field
            {...{ visit, errors }}
            name="email"
            type="email"
            label={t('withdraw.email')}
            hint={t('withdraw.email_hint')}
            value={declaration.email}
            autocomplete="email"
            maxLength={254}
          />
          <button class="button primary large" type="submit">
            {t('withdraw.next')}
          </button>
        </>
      ) : (
        <p class="banner waiting">
          <span>{t('withdraw.nothing')}</span>
        </p>
      )}
    </form>
  )
}

function Choice({
  visit,
  line,
  chosen,
}: {
  visit: Visit
  line: WithdrawableOrder['lines'][number]
  chosen: number | undefined
}) {
  const { t } = visit
  const id = `line-${line.lineId}`
  return (
    <li>
      <Picture url={line.imageUrl} alt="" width={96} height={72} />
      <div>
        <h2 class="line-name">{line.name}</h2>
        {line.variantLabel && <p class="muted">{line.variantLabel}</p>}
        {!line.refusal && <ExceptionNote visit={visit} exception={line.exception} />}
        {line.refusal ? (
          <p>
            {line.refusal === 'excepted' && line.exception
              ? t(`withdrawalException.${line.exception}`)
              : t(`withdraw.refusal.${line.refusal}`)}
          </p>
        ) : (
          <div class="field">
            <label for={id}>
              {t('withdraw.quantity')} <span class="visually-hidden">{line.name}</span>
            </label>
            <select id={id} name={id}>
              {Array.from({ length: line.withdrawable + 1 }, (_, count) => (
                <option key={count} value={count} selected={count === (chosen ?? 0)}>
                  {count === 0 ? t('withdraw.keep') : t('withdraw.units', { count, of: line.quantity })}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
    </li>
  )
}

/** The second step: everything once more, and the one button that declares it. */
export function ConfirmWithdrawal({ visit, order, declaration, formKey }: Props & { formKey: string }) {
  const { t } = visit
  const { contract, name, email, quantities } = declaration
  const fields = (
    <>
      <ContractFields contract={contract} />
      <input type="hidden" name="name" value={name} />
      <input type="hidden" name="email" value={email} />
      {[...quantities].map(([lineId, quantity]) => (
        <input key={lineId} type="hidden" name={`line-${lineId}`} value={quantity} />
      ))}
    </>
  )
  return (
    <>
      <div class="card">
        <p>{t('withdraw.declares', { name, number: order.number })}</p>
        <ul class="plain">
          {order.lines
            .filter(({ lineId }) => quantities.has(lineId))
            .map((line) => (
              <li key={line.lineId}>
                <strong>
                  {quantities.get(line.lineId)} × {line.name}
                </strong>{' '}
                {line.variantLabel && <span class="muted">{line.variantLabel}</span>}
              </li>
            ))}
        </ul>
        <p class="muted">{t('withdraw.receipt_to', { email })}</p>
      </div>
      <form method="post" action={link(visit, 'withdraw')} class="pass-form">
        {fields}
        <input type="hidden" name="key" value={formKey} />
        <button class="button primary large" type="submit" name="step" value="confirm">
          {t('withdraw.confirm')}
        </button>
      </form>
      <form method="post" action={link(visit, 'withdraw')}>
        {fields}
        <button class="button" type="submit" name="step" value="find">
          {t('withdraw.back')}
        </button>
      </form>
    </>
  )
}
