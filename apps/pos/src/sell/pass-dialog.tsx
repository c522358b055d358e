import { Alert, Loader, Modal } from '@mantine/core'
import { IconAlertCircle, IconArrowsExchange } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { messageOf } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import type { Basket, Continued } from './basket.ts'
import { passFor } from './pick-up-pass.ts'

/** Says which document lies on the counter, and that its prices hold. */
export function ContinuedNote({ continued }: { continued: Continued }) {
  const t = useT()
  const { locale } = useLocale()
  const { kind, number, revision, code, keptUntil } = continued
  const date = formatDate(keptUntil, locale, 'dayLong')
  return (
    <p className="pos-continued">
      <IconArrowsExchange size={20} stroke={1.75} aria-hidden />
      <span>
        {kind === 'quote'
          ? t('pass.ofQuote', { number: number ?? '', revision: revision ?? 0, date })
          : t('pass.ofCart', { code, date })}
      </span>
    </p>
  )
}

/** The pass of what lies on the counter: its customer goes on at home, by phone or in another shop. */
export function PassDialog({ basket, onClose }: { basket: Basket; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const { channelCode } = useShop()
  const pass = useQuery({
    queryKey: ['pass', basket.key],
    queryFn: () => passFor(basket, channelCode),
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size="md"
      title={t('pass.title')}
      closeButtonProps={{ 'aria-label': t('app.close'), size: 'lg' }}
    >
      {pass.isPending && <Loader aria-label={t('pass.making')} />}
      {pass.error && (
        <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />}>
          {messageOf(pass.error)}
        </Alert>
      )}
      {pass.data && (
        <div className="pos-pass">
          <img
            src={urlOf(endpoints.getPassQr.path, { code: pass.data.token }, { locale })}
            alt={t('pass.qr')}
            width={220}
            height={220}
          />
          <p className="pos-pass-code">{pass.data.code}</p>
          <p>{t('pass.help', { date: formatDate(pass.data.expiresAt, locale, 'dayLong') })}</p>
        </div>
      )}
    </Modal>
  )
}
