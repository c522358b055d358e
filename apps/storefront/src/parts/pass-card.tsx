/** @jsxRuntime automatic @jsxImportSource preact */
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Pass } from '@ecluse/contracts/passes.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import type { Visit } from '../visit.ts'
import { Icon } from './icon.tsx'

/** A pass: its code to say aloud, its QR code to scan, its link to open. */
export function PassCard({ visit, pass }: { visit: Visit; pass: Pass }) {
  const { t, locale } = visit
  const qr = urlOf(endpoints.getPassQr.path, { code: pass.token }, { locale })
  return (
    <div class="pass">
      <img class="pass-qr" src={qr} alt={t('pass.qr')} width={168} height={168} />
      <div class="pass-words">
        <p class="muted">{t('pass.code')}</p>
        <p class="pass-code">{pass.code}</p>
        <p>
          <a href={pass.link}>{t('pass.link')}</a>
        </p>
        <p class="muted pass-kept">
          <Icon name="clock" size={18} /> {t('pass.kept', { date: formatDate(pass.expiresAt, locale, 'weekday') })}
        </p>
        {pass.heldUntil && (
          <p class="pass-held">
            <Icon name="check" size={18} /> {t('pass.held', { time: formatDate(pass.heldUntil, locale, 'dateTime') })}
          </p>
        )}
      </div>
    </div>
  )
}
