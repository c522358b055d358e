import { Button, CopyButton, Group } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Quote } from '@ecluse/contracts/quotes.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

/** The pass of a quote: what its buyer opens it with, on a telephone or at a till. */
export function QuotePass({ quote }: { quote: Quote }) {
  const t = useT()
  const { locale } = useLocale()
  const { pass, link, heldUntil } = quote
  if (!pass) return null
  return (
    <Card title={t('quotes.passTitle')}>
      <div className="bo-quote-pass">
        <img
          src={urlOf(endpoints.getPassQr.path, { code: pass.token }, { locale })}
          alt={t('quotes.passQr')}
          width={120}
          height={120}
        />
        <div>
          <p className="bo-quote-code">{pass.code}</p>
          <p className="bo-quiet">{t('quotes.passHelp')}</p>
          {heldUntil && (
            <p className="bo-quiet">{t('quotes.heldUntil', { date: formatDate(heldUntil, locale, 'dayLong') })}</p>
          )}
        </div>
      </div>
      <Group>
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {t(copied ? 'quotes.copied' : 'quotes.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Card>
  )
}
