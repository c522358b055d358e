import { useState } from 'react'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PastSource } from '@ecluse/contracts/past-sales.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

/** What other systems told of the time before, each with the way to take it out again; nothing where none did. */
export function PastCard() {
  const t = useT()
  const can = useCan()
  const { data } = useQuery({ ...apiQuery(endpoints.listPastSources, {}), enabled: can('insights:read') })
  const [leaving, setLeaving] = useState<PastSource | null>(null)
  if (!data || data.items.length === 0) return null
  return (
    <Card title={t('past.title')}>
      <p className="bo-line bo-quiet">{t('past.help')}</p>
      <ul className="bo-plain-list">
        {data.items.map((one) => (
          <li key={one.source} className="bo-row-between">
            <SourceWords source={one} />
            {can('interchange:write') && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconTrash size={14} aria-hidden />}
                aria-label={t('past.forget.of', { source: one.source })}
                onClick={() => setLeaving(one)}
              >
                {t('past.forget')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {leaving && <ForgetPast source={leaving} onClose={() => setLeaving(null)} />}
    </Card>
  )
}

function SourceWords({ source: { source, from, until, sales, contactDays, netMinor } }: { source: PastSource }) {
  const t = useT()
  const { locale } = useLocale()
  const day = (text: string) => formatDate(text, locale, 'day')
  return (
    <span>
      <strong>{source}</strong>{' '}
      <span className="bo-quiet">
        {t('past.days', { from: day(from), until: day(until) })}
        {sales > 0 && (
          <>
            {' · '}
            {t('past.sales', { count: sales })} ·{' '}
            <Money value={{ amountMinor: netMinor, currency: 'EUR' }} vat="excluded" whole />
          </>
        )}
        {contactDays > 0 && ` · ${t('past.contactDays', { count: contactDays })}`}
      </span>
    </span>
  )
}

/** The file can be imported again; until then the figures are without it, so it is asked. */
function ForgetPast({ source: { source }, onClose }: { source: PastSource; onClose: () => void }) {
  const t = useT()
  const forget = useAct({
    act: () => call(endpoints.forgetPast, { params: { source } }),
    touches: ['/insights', '/strategy', '/objectives'],
    done: () => t('past.forgotten', { source }),
    onDone: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('past.forget.of', { source })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <Text>{t('past.forget.help')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('past.keep')}
          </Button>
          <Button color="coral" loading={forget.isPending} onClick={() => forget.mutate()}>
            {t('past.forget')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
