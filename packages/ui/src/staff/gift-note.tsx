import { IconGift } from '@tabler/icons-react'
import { useWords } from './words.ts'
import './gift.css'

/** Says to whoever packs, hands over or looks that it is a present. */
export function GiftNote() {
  const t = useWords()
  return (
    <p className="staff-gift">
      <IconGift size={18} aria-hidden /> <strong>{t('ui.gift.noPrice')}</strong>
    </p>
  )
}
