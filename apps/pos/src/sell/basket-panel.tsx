import { useState } from 'react'
import { ActionIcon, Alert, Button, Kbd, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconQrcode, IconUser, IconUserPlus } from '@tabler/icons-react'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBasisPoints } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { useT } from '../app/i18n.ts'
import { tillKeys } from '../app/keys.ts'
import { isFixed, isPayable, totalOf, unitsIn, vatOf, type Basket } from './basket.ts'
import { BasketLineRow } from './basket-line.tsx'
import { ContinuedNote, PassDialog } from './pass-dialog.tsx'
import { CustomerForm } from './customer-form.tsx'
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
              line={line}
              locked={locked || isFixed(basket)}
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
  const { customer } = basket
  return (
    <footer className="pos-basket-foot">
      <UnstyledButton className="pos-customer" disabled={locked} onClick={() => setNaming(true)}>
        {customer ? <IconUser size={20} aria-hidden /> : <IconUserPlus size={20} aria-hidden />}
        <span className="pos-grow">{customer ? customer.name || customer.email : t('customer.add')}</span>
        {customer && <span className="pos-dim">{customer.name ? customer.email : ''}</span>}
      </UnstyledButton>
      {vatOf(basket).map(({ basisPoints, vatMinor }) => (
        <div key={basisPoints} className="pos-row pos-dim">
          <span className="pos-grow">{t('basket.vat', { rate: formatBasisPoints(basisPoints, locale) })}</span>
          <Money value={{ amountMinor: vatMinor, currency: 'EUR' }} />
        </div>
      ))}
      <div className="pos-row pos-total">
        <span className="pos-grow">{t('basket.total')}</span>
        <Money value={{ amountMinor: totalOf(basket), currency: 'EUR' }} />
      </div>
      {!isPayable(basket) && (
        <p className="pos-short" id="basket-short">
          {t('pay.short')}
        </p>
      )}
      <Button
        size="xl"
        fullWidth
        disabled={!isPayable(basket)}
        aria-describedby={isPayable(basket) ? undefined : 'basket-short'}
        onClick={onPay}
        rightSection={<Kbd aria-hidden>{tillKeys.pay}</Kbd>}
      >
        {locked ? t('pay.again') : t('pay.open')}
      </Button>
      {naming && <CustomerForm customer={customer} onClose={() => setNaming(false)} />}
    </footer>
  )
}
