import { useState } from 'react'
import { ActionIcon, Alert, Button, Kbd, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconQrcode, IconTruckDelivery, IconUser, IconUserPlus } from '@tabler/icons-react'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBasisPoints, formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { useT } from '../app/i18n.ts'
import { tillKeys } from '../app/keys.ts'
import {
  feeOf,
  hasFiles,
  isFixed,
  isPayable,
  totalOf,
  unitsIn,
  vatOf,
  type Basket,
  type DeliveryChoice,
} from './basket.ts'
import { lacksLots } from './basket-lots.ts'
import { BasketLineRow } from './basket-line.tsx'
import { ContinuedNote, PassDialog } from './pass-dialog.tsx'
import { CustomerForm } from './customer-form.tsx'
import { DeliveryForm } from './delivery-form.tsx'
import { useSetQuantity } from './use-basket.ts'

type Props = { basket: Basket; heldCount: number; onPay: () => void; onHold: () => void; onHeld: () => void }

/** What is being sold, what it costs, and the way to the money. */
export function BasketPanel({ basket, heldCount, onPay, onHold, onHeld }: Props) {
  const t = useT()
  const setQuantity = useSetQuantity()
  const isEmpty = basket.lines.length === 0
  const locked = basket.unanswered !== null
  const [passing, setPassing] = useState(false)
  return (
    <section className="pos-basket" aria-labelledby="basket-title">
      <header className="pos-basket-head">
        <h2 id="basket-title">{t('basket.title', { count: unitsIn(basket) })}</h2>
        {heldCount > 0 && (
          <Button variant="default" size="md" onClick={onHeld}>
            {t('held.open', { count: heldCount })}
          </Button>
        )}
        {!isEmpty && !locked && (
          <ActionIcon variant="default" size={44} aria-label={t('pass.short')} onClick={() => setPassing(true)}>
            <IconQrcode size={22} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
        {!isEmpty && !locked && (
          <Button variant="default" size="md" onClick={onHold} rightSection={<Kbd aria-hidden>{tillKeys.hold}</Kbd>}>
            {t('held.hold')}
          </Button>
        )}
      </header>
      {locked && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('pay.unanswered')}>
          {t('pay.unanswered.help')}
        </Alert>
      )}
      {basket.continued && <ContinuedNote continued={basket.continued} />}
      {passing && <PassDialog basket={basket} onClose={() => setPassing(false)} />}
      {isEmpty ? (
        <div className="pos-basket-empty">
          <EmptyState title={t('basket.empty')} hint={t('basket.empty.help')} compact />
        </div>
      ) : (
        <ol className="pos-lines">
          {basket.lines.map((line) => (
            <BasketLineRow
              key={line.variantId}
              // What is brought home may come from elsewhere: this shop's stock is no matter.
              line={basket.delivery ? { ...line, available: null } : line}
              locked={locked || isFixed(basket)}
              carried={Boolean(basket.delivery)}
              onQuantity={(quantity) => setQuantity(line.variantId, quantity)}
            />
          ))}
        </ol>
      )}
      {!isEmpty && <BasketFoot basket={basket} locked={locked} onPay={onPay} />}
    </section>
  )
}

function BasketFoot({ basket, locked, onPay }: { basket: Basket; locked: boolean; onPay: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const [naming, setNaming] = useState(false)
  const { customer, delivery } = basket
  const payable = isPayable(basket)
  return (
    <footer className="pos-basket-foot">
      <DeliveryRow basket={basket} locked={locked} />
      {!delivery && (
        <UnstyledButton className="pos-customer" disabled={locked} onClick={() => setNaming(true)}>
          {customer ? <IconUser size={20} aria-hidden /> : <IconUserPlus size={20} aria-hidden />}
          <span className="pos-grow">{customer ? customer.name || customer.email : t('customer.add')}</span>
          {customer && <span className="pos-dim">{customer.name ? customer.email : ''}</span>}
        </UnstyledButton>
      )}
      {hasFiles(basket) && <p className="pos-dim">{t(delivery || customer?.email ? 'file.sent' : 'file.printed')}</p>}
      {vatOf(basket).map(({ basisPoints, vatMinor }) => (
        <div key={basisPoints} className="pos-row pos-dim">
          <span className="pos-grow">{t('basket.vat', { rate: formatBasisPoints(basisPoints, locale) })}</span>
          <Money value={{ amountMinor: vatMinor, currency: 'EUR' }} />
        </div>
      ))}
      {feeOf(basket) > 0 && (
        <div className="pos-row pos-dim">
          <span className="pos-grow">{t('home.fee')}</span>
          <Money value={{ amountMinor: feeOf(basket), currency: 'EUR' }} />
        </div>
      )}
      <div className="pos-row pos-total">
        <span className="pos-grow">{t('basket.total')}</span>
        <Money value={{ amountMinor: totalOf(basket), currency: 'EUR' }} />
      </div>
      {!payable && (
        <p className="pos-short" id="basket-short">
          {t(delivery ? 'home.again' : basket.lines.some(lacksLots) ? 'lots.missing' : 'pay.short')}
        </p>
      )}
      <Button
        size="xl"
        fullWidth
        disabled={!payable}
        aria-describedby={payable ? undefined : 'basket-short'}
        onClick={onPay}
        rightSection={<Kbd aria-hidden>{tillKeys.pay}</Kbd>}
      >
        {locked ? t('pay.again') : t('pay.open')}
      </Button>
      {naming && <CustomerForm customer={customer} onClose={() => setNaming(false)} />}
    </footer>
  )
}

/** Carried out, unless it is brought home: where, and when. */
function DeliveryRow({ basket, locked }: { basket: Basket; locked: boolean }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const { delivery } = basket
  return (
    <>
      <UnstyledButton className="pos-customer" disabled={locked} onClick={() => setOpen(true)}>
        <IconTruckDelivery size={20} aria-hidden />
        <span className="pos-grow">
          {delivery ? t('home.change', { where: `${delivery.name}, ${delivery.locality}` }) : t('home.open')}
        </span>
        {delivery?.choice && <ChoiceWords choice={delivery.choice} />}
      </UnstyledButton>
      {open && <DeliveryForm basket={basket} onClose={() => setOpen(false)} />}
    </>
  )
}

function ChoiceWords({ choice }: { choice: DeliveryChoice }) {
  const t = useT()
  const { locale } = useLocale()
  const hours = {
    from: formatDate(choice.from, locale, 'time'),
    until: formatDate(choice.until, locale, 'time'),
  }
  return (
    <span className="pos-dim">
      {choice.windowId
        ? `${formatDate(choice.from, locale, 'weekdayShort')} ${t('home.hours', hours)}`
        : t('home.arrives', { day: formatDate(choice.until, locale, 'weekdayShort') })}
    </span>
  )
}
