import { useState } from 'react'
import { Button, NativeSelect } from '@mantine/core'
import { IconCalendarPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Call } from '@ecluse/contracts/calls.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { BookDialog } from '@ecluse/ui/staff/appointments/book-dialog.tsx'
import { dateIn } from '@ecluse/ui/staff/appointments/calendar-data.ts'
import { useT } from '../app/i18n.ts'

/** Books an appointment while one is on the telephone: in the shop they say, for whom one speaks to. */
export function CallBooking({ call, onBooked }: { call: Call; onBooked: () => void }) {
  const t = useT()
  const sites = useQuery(apiQuery(endpoints.listSites, {})).data?.items ?? []
  const [siteId, setSiteId] = useState('')
  const [open, setOpen] = useState(false)
  const site = sites.find(({ id }) => id === siteId)
  return (
    <div className="bo-call-booking">
      <NativeSelect
        label={t('calls.book.site')}
        data={[
          { value: '', label: t('calls.book.choose') },
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={siteId}
        onChange={(event) => setSiteId(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={!site}
        leftSection={<IconCalendarPlus size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('calls.book')}
      </Button>
      {site && open && <Booking {...{ site, call, onBooked }} onClose={() => setOpen(false)} />}
    </div>
  )
}

function Booking({
  site,
  call,
  onBooked,
  onClose,
}: {
  site: Site
  call: Call
  onBooked: () => void
  onClose: () => void
}) {
  const resources = useQuery(apiQuery(endpoints.listResources, { query: { siteId: site.id } }))
  if (!resources.data) return null
  return (
    <BookDialog
      site={site}
      date={dateIn(site.timeZone, new Date())}
      resources={resources.data.items.filter(({ active }) => active)}
      start={{ name: call.name, phone: call.phone ?? '', email: '', note: call.about }}
      onBooked={onBooked}
      onClose={onClose}
    />
  )
}
