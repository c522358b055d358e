import { useState, type FormEvent } from 'react'
import { Alert, Button, Modal, TextInput, UnstyledButton } from '@mantine/core'
import { IconAlertCircle, IconCash, IconCreditCard } from '@tabler/icons-react'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { useFocusFirst } from '../common/focus-first.ts'
import { Segments } from '../common/segments.tsx'
import { LoyaltyLine } from './loyalty-line.tsx'
import { totalOf, type Basket } from './basket.ts'
import { quickAmounts, splitPayment, type PayMode, type Split } from './payment-amounts.ts'
import { usePay } from './use-pay.ts'
import { VoucherLine, type SpentVoucher } from './voucher-line.tsx'

const modes: readonly PayMode[] = ['card', 'cash', 'both']
const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const })

/** The money: by card, in cash with the change, or both. Enter makes the sale. */
export function PayDialog({ basket, onClose }: { basket: Basket; onClose: () => void }) {
  const t = useT()
  const paying = usePay()
  const total = totalOf(basket)
  const [voucher, setVoucher] = useState<SpentVoucher | null>(null)
  const left = total - (voucher?.coversMinor ?? 0)
  return (
    <Modal
      opened
      onClose={() => paying.busy || onClose()}
      size="lg"
      title={t('pay.title')}
      closeButtonProps={{ 'aria-label': t('app.close'), size: 'lg' }}
      classNames={{ body: 'pos-pay' }}
    >
      <p className="pos-pay-total">
        <span>{t('pay.due')}</span>
        <Money value={euros(total)} />
      </p>
      {paying.problem !== null && (
        <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />}>
          {paying.problem}
        </Alert>
      )}
      {basket.unanswered ? (
        <>
          <p>{t('pay.unanswered.help')}</p>
          <Button size="xl" fullWidth data-autofocus loading={paying.busy} onClick={paying.again}>
            {t('pay.again')}
          </Button>
        </>
      ) : (
        <>
          <LoyaltyLine basket={basket} total={total} onSpend={setVoucher} />
          <VoucherLine total={total} spent={voucher} onSpend={setVoucher} />
          <PayForm
            key={left}
            total={left}
            busy={paying.busy}
            onPay={(split, reference) => paying.pay(split, reference, voucher)}
          />
        </>
      )}
    </Modal>
  )
}

type FormProps = { total: number; busy: boolean; onPay: (split: Split, reference: string) => void }

function PayForm({ total, busy, onPay }: FormProps) {
  const t = useT()
  const [mode, setMode] = useState<PayMode>('card')
  const [cashMinor, setCash] = useState<number | null>(null)
  const [cardMinor, setCard] = useState<number | null>(null)
  const [reference, setReference] = useState('')
  const choice = useFocusFirst<HTMLFieldSetElement>(true)
  const split = splitPayment(total, { mode, cashMinor, cardMinor })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (split.missingMinor === 0 && !busy) onPay(split, reference)
  }
  return (
    <form noValidate onSubmit={submit} className="pos-pay">
      <Segments
        label={t('pay.mode')}
        value={mode}
        part={choice}
        choices={modes.map((value) => ({ value, label: t(`pay.mode.${value}`) }))}
        onChange={(next) => {
          setMode(next)
          setCash(null)
          setCard(null)
        }}
      />
      {mode !== 'card' && <CashFields total={total} mode={mode} cashMinor={cashMinor} onCash={setCash} />}
      {mode === 'both' && (
        <MoneyInput
          size="lg"
          label={t('pay.byCard')}
          value={cardMinor ?? split.cardMinor}
          onChange={(next) => setCard(next === split.cardMinor && cardMinor === null ? null : next)}
        />
      )}
      {split.cardMinor > 0 && (
        <>
          <p className="pos-pay-terminal">
            <IconCreditCard size={28} stroke={1.5} aria-hidden />
            <span className="pos-grow">{t('pay.terminal')}</span>
            <Money value={euros(split.cardMinor)} />
          </p>
          <TextInput
            size="md"
            label={t('pay.reference')}
            maxLength={80}
            autoComplete="off"
            value={reference}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        </>
      )}
      {mode !== 'card' && <Change split={split} />}
      <Button type="submit" size="xl" fullWidth loading={busy} disabled={split.missingMinor > 0}>
        {t(mode === 'card' && total > 0 ? 'pay.confirm.card' : 'pay.confirm')}
      </Button>
    </form>
  )
}

function CashFields(props: {
  total: number
  mode: PayMode
  cashMinor: number | null
  onCash: (amountMinor: number | null) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <div className="pos-cash">
      <MoneyInput
        size="lg"
        label={t('pay.tendered')}
        value={props.cashMinor}
        leftSection={<IconCash size={24} stroke={1.5} aria-hidden />}
        onChange={props.onCash}
      />
      {props.mode === 'cash' && (
        <div className="pos-quick" role="group" aria-label={t('pay.quick')}>
          {quickAmounts(props.total).map((amountMinor, index) => (
            <UnstyledButton
              key={amountMinor}
              className="pos-chip"
              aria-pressed={props.cashMinor === amountMinor}
              onClick={() => props.onCash(amountMinor)}
            >
              {index === 0 && amountMinor === props.total
                ? t('pay.exact')
                : formatMoney({ amountMinor, currency: 'EUR' }, locale, { whole: true })}
            </UnstyledButton>
          ))}
        </div>
      )}
    </div>
  )
}

function Change({ split }: { split: Split }) {
  const t = useT()
  const missing = split.missingMinor > 0
  return (
    <p className="pos-change" data-missing={missing || undefined} role="status">
      <span className="pos-grow">{t(missing ? 'pay.missing' : 'pay.change')}</span>
      <Money value={euros(missing ? split.missingMinor : split.changeMinor)} />
    </p>
  )
}
