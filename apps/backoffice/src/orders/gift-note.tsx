import { IconGift } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

/** Says to whoever packs or looks that it is a present. */
export function GiftNote() {
  const t = useT()
  return (
    <p className="bo-line">
      <IconGift size={16} aria-hidden className="bo-gift-mark" /> <strong>{t('gift.noPrice')}</strong>
    </p>
  )
}
