import { useState } from 'react'
import { Button, Select } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { AppointmentCalendar } from '@ecluse/ui/staff/appointments/appointment-calendar.tsx'
import { dateIn } from '@ecluse/ui/staff/appointments/calendar-data.ts'
import { useCan, useMySites } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { WaitingList } from './waiting-list.tsx'
import { SettingsDialog } from './settings-dialog.tsx'

const route = getRouteApi('/appointments')

/** Who has an appointment in a shop, by day or by week; and what is offered there. */
export function AppointmentsPage() {
  const t = useT()
  const can = useCan()
  const [setting, setSetting] = useState(false)
  const mine = new Set(useMySites().map(({ id }) => id))
  const sites = useQuery(apiQuery(endpoints.listSites, {}))
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const shops = (sites.data?.items ?? []).filter(({ id, kind }) => kind === 'shop' && mine.has(id))
  const services = useQuery(apiQuery(endpoints.listServices, { query: {} }))
  const served = new Set(services.data?.items.flatMap(({ siteIds }) => siteIds))
  // A shop that takes appointments first, so that the page opens on something.
  const site = shops.find(({ id }) => id === search.site) ?? shops.find(({ id }) => served.has(id)) ?? shops[0]
  const acts = can('appointments:manage') && (
    <Button variant="default" leftSection={<IconAdjustments size={16} aria-hidden />} onClick={() => setSetting(true)}>
      {t('appointments.settings')}
    </Button>
  )
  return (
    <Page title={t('nav.appointments')} summary={t('appointments.summary')} acts={acts}>
      {shops.length > 1 && (
        <Select
          label={t('orders.site')}
          data={shops.map(({ id, name }) => ({ value: id, label: name }))}
          value={site?.id ?? null}
          allowDeselect={false}
          searchable
          maw={280}
          mb="md"
          onChange={(value) => set({ site: value ?? undefined, open: undefined })}
        />
      )}
      {site && services.data && (
        <AppointmentCalendar
          key={site.id}
          site={site}
          place={{
            view: search.view ?? 'day',
            date: search.date ?? dateIn(site.timeZone, new Date()),
            open: search.open,
          }}
          onPlace={set}
        />
      )}
      {site && <WaitingList siteId={site.id} timeZone={site.timeZone} />}
      {setting && site && <SettingsDialog site={site} onClose={() => setSetting(false)} />}
    </Page>
  )
}
