import { useState } from 'react'
import { Button, Modal } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Availability } from '@ecluse/contracts/availability.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBasisPoints } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { BufferForm } from './buffer-form.tsx'

/** What channels leave to the others of this article, and by which rule; changed in place. */
export function BuffersPart({ article }: { article: Availability }) {
  const t = useT()
  const can = useCan()
  const [editing, setEditing] = useState<string | null>(null)
  const change = can('sourcing:write') && (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => setEditing('')}
    >
      {t('availability.buffers.add')}
    </Button>
  )
  return (
    <Card title={t('availability.buffers')} acts={article.buffers.length > 0 && change}>
      {article.buffers.length === 0 ? (
        <EmptyState title={t('availability.buffers.none')} hint={t('availability.buffers.help')} compact>
          {change}
        </EmptyState>
      ) : (
        <ul className="bo-plain-list">
          {article.buffers.map((buffer) => (
            <BufferLine
              key={buffer.channelCode}
              buffer={buffer}
              onChange={can('sourcing:write') ? () => setEditing(buffer.channelCode) : undefined}
            />
          ))}
        </ul>
      )}
      {editing !== null && (
        <Modal
          opened
          title={t('availability.buffers.add')}
          closeButtonProps={{ 'aria-label': t('app.close') }}
          onClose={() => setEditing(null)}
        >
          <BufferForm article={article} channelCode={editing} onClose={() => setEditing(null)} />
        </Modal>
      )}
    </Card>
  )
}

function BufferLine({
  buffer,
  onChange,
}: {
  buffer: Availability['buffers'][number]
  onChange: (() => void) | undefined
}) {
  const t = useT()
  const { locale } = useLocale()
  const nameOf = useChannelName()
  const categories = useQuery(apiQuery(endpoints.listCategories, {}))
  const category = categories.data?.items.find(({ code }) => code === buffer.categoryCode)
  const much =
    buffer.shareBasisPoints > 0
      ? formatBasisPoints(buffer.shareBasisPoints, locale)
      : t('availability.units', { count: buffer.units })
  return (
    <li className="bo-row-between">
      <span className="bo-wrap">
        {t('availability.buffers.leaves', { channel: nameOf(buffer.channelCode), much })}
        <span className="bo-quiet bo-block">
          {t(`availability.buffers.by.${buffer.scope}`, {
            category: category?.name[locale] ?? buffer.categoryCode ?? '',
          })}
        </span>
      </span>
      {onChange && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={t('availability.buffers.change', { channel: nameOf(buffer.channelCode) })}
          onClick={onChange}
        >
          {t('availability.change')}
        </Button>
      )}
    </li>
  )
}
