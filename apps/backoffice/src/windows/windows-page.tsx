import { useState } from 'react'
import { Button, Group, Select, Skeleton } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DatedWindow, DeliveryZone } from '@ecluse/contracts/windows.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { DayPanel } from './day-panel.tsx'
import { VehiclesPanel } from './vehicles-panel.tsx'
import { dateOr, plusDays, weekFrom } from './week.ts'
import { WindowPanel } from './window-panel.tsx'
import { ZoneForm } from './zone-form.tsx'
import { ZoneWeek } from './zone-week.tsx'
import './windows.css'

const route = getRouteApi('/windows')

/** What is sold of the delivery windows, week by week and zone by zone. */
export function WindowsPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [edited, setEdited] = useState<string | null>(null)
  const set = (patch: { date?: string; zone?: string | undefined; open?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), resetScroll: false })
  const first = dateOr(search.date)
  const dates = weekFrom(first)
  const zones = useQuery(apiQuery(endpoints.listZones, {}))
  const calendar = useQuery({
    ...apiQuery(endpoints.listWindows, { query: { from: first, until: plusDays(first, 6), zone: search.zone } }),
    placeholderData: keepPreviousData,
  })
  const items = calendar.data?.items ?? []
  const shown = (zones.data?.items ?? []).filter(({ code }) => !search.zone || code === search.zone)
  const [kind, ...rest] = (search.open ?? '').split(':')
  const window = kind === 'window' ? items.find(({ id }) => id === rest[0]) : undefined
  const dayZone = kind === 'day' ? zones.data?.items.find(({ code }) => code === rest[0]) : undefined
  const edits = edited === null ? undefined : zones.data?.items.find(({ code }) => code === edited)
  return (
    <Page
      title={t('nav.windows')}
      summary={t('windows.summary')}
      acts={
        can('windows:write') && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('')}>
            {t('windows.newZone')}
          </Button>
        )
      }
    >
      <WeekBar first={first} zone={search.zone} zones={zones.data?.items ?? []} onChange={set} />
      {(zones.error ?? calendar.error) && (
        <ErrorNote error={zones.error ?? calendar.error} onRetry={() => void calendar.refetch()} />
      )}
      {zones.isPending && <Skeleton height={320} />}
      {zones.isSuccess && shown.length === 0 && (
        <EmptyState title={t('windows.empty')} hint={t('windows.empty.help')} />
      )}
      <div className="bo-stack">
        {shown.map((zone) => (
          <ZoneCard
            key={zone.code}
            zone={zone}
            dates={dates}
            windows={items.filter(({ zoneId }) => zoneId === zone.id)}
            holidays={calendar.data?.holidays ?? []}
            onOpen={(open) => set({ open })}
            onEdit={() => setEdited(zone.code)}
          />
        ))}
      </div>
      {window && <WindowPanel key={window.id} window={window} onClose={() => set({ open: undefined })} />}
      {dayZone && (
        <DayPanel
          zone={dayZone}
          date={dateOr(rest[1])}
          holiday={calendar.data?.holidays.find(({ date }) => date === rest[1])?.name}
          title={formatDate(`${dateOr(rest[1])}T12:00:00Z`, locale, 'weekday')}
          onClose={() => set({ open: undefined })}
        />
      )}
      {kind === 'vehicles' && <VehiclesPanel placeId={rest[0] ?? ''} onClose={() => set({ open: undefined })} />}
      {edited !== null && (edited === '' || edits) && <ZoneForm zone={edits} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function WeekBar({
  first,
  zone,
  zones,
  onChange,
}: {
  first: string
  zone: string | undefined
  zones: readonly { code: string; name: string }[]
  onChange: (patch: { date?: string; zone?: string | undefined }) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <div className="bo-week-bar">
      <Button
        variant="default"
        aria-label={t('windows.before')}
        onClick={() => onChange({ date: plusDays(first, -7) })}
      >
        <IconChevronLeft size={18} aria-hidden />
      </Button>
      <strong aria-live="polite">
        {t('windows.week', {
          from: formatDate(`${first}T12:00:00Z`, locale, 'day'),
          until: formatDate(`${plusDays(first, 6)}T12:00:00Z`, locale, 'day'),
        })}
      </strong>
      <Button variant="default" aria-label={t('windows.after')} onClick={() => onChange({ date: plusDays(first, 7) })}>
        <IconChevronRight size={18} aria-hidden />
      </Button>
      <Select
        aria-label={t('windows.zone')}
        placeholder={t('windows.allZones')}
        clearable
        value={zone ?? null}
        data={zones.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(next) => onChange({ zone: next ?? undefined })}
      />
    </div>
  )
}

type ZoneCardProps = {
  zone: DeliveryZone
  dates: readonly string[]
  windows: readonly DatedWindow[]
  holidays: readonly { date: string; name: string }[]
  onOpen: (open: string) => void
  onEdit: () => void
}

function ZoneCard({ zone, dates, windows, holidays, onOpen, onEdit }: ZoneCardProps) {
  const t = useT()
  const can = useCan()
  return (
    <Card
      title={zone.name}
      acts={
        can('windows:write') && (
          <Group gap="xs">
            <Button size="compact-sm" variant="subtle" onClick={() => onOpen(`vehicles:${zone.placeId}`)}>
              {t('windows.vehicles')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={onEdit}>
              {t('windows.editZone')}
            </Button>
          </Group>
        )
      }
    >
      <ZoneWeek
        zone={zone}
        dates={dates}
        windows={windows}
        holidays={holidays}
        onWindow={(id) => onOpen(`window:${id}`)}
        onDay={(date) => onOpen(`day:${zone.code}:${date}`)}
      />
    </Card>
  )
}
