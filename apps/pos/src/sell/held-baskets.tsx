import { ActionIcon, Modal, UnstyledButton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { totalOf, unitsIn } from './basket.ts'
import { dropHeld, resumeBasket, useCounter } from './basket-store.ts'

/** Baskets put aside on this till. */
export function HeldBaskets({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { site } = useShop()
  const { held } = useCounter(site.id)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('held.title')}
      closeButtonProps={{ 'aria-label': t('app.close'), size: 'lg' }}
    >
      {held.length === 0 && <EmptyState compact title={t('held.none')} hint={t('held.none.help')} />}
      <ul className="pos-variants">
        {held.map(({ basket, heldAt }, index) => {
          const words = basket.lines.map((line) => line.name).join(', ')
          return (
            <li key={basket.key} className="pos-held">
              <UnstyledButton
                className="pos-variant"
                data-autofocus={index === 0 || undefined}
                onClick={() => {
                  resumeBasket(site.id, basket.key, new Date())
                  onClose()
                }}
              >
                <span className="pos-grow">
                  <span className="pos-strong">{basket.customer?.name || basket.customer?.email || words}</span>
                  <span className="pos-dim">
                    {t('held.units', { count: unitsIn(basket) })} · <RelativeTime at={heldAt} />
                  </span>
                </span>
                <span className="pos-strong">
                  <Money value={{ amountMinor: totalOf(basket), currency: 'EUR' }} />
                </span>
              </UnstyledButton>
              <ActionIcon
                size={44}
                aria-label={t('held.drop', { name: words })}
                onClick={() => {
                  const undo = dropHeld(site.id, basket.key)
                  tellDone(t('held.dropped'), { label: t('app.undo'), run: undo })
                }}
              >
                <IconTrash size={20} stroke={1.5} aria-hidden />
              </ActionIcon>
            </li>
          )
        })}
      </ul>
    </Modal>
  )
}
