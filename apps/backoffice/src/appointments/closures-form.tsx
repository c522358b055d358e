import { useState } from 'react'
import { Button, Select, TextInput } from '@mantine/core'
import type { Closure, Resource } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { TwoLines } from '../common/two-lines.tsx'

type Props = { site: Site; resources: readonly Resource[]; closures: readonly Closure[] }

/** Times in which nothing is offered: a holiday, a training, a stand being repaired. What is booked stays. */
export function ClosuresForm({ site, resources, closures }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const remove = useAct({
    act: (closureId: string) => call(endpoints.deleteClosure, { params: { closureId } }),
    touches: ['/resources', '/services'],
    done: () => t('appointments.opened'),
  })
  const when = (at: string) => formatDate(at, locale, 'dateTime', site.timeZone)
  const nameOf = (id: string | null) => resources.find((one) => one.id === id)?.name ?? site.name
  return (
    <div className="bo-stack">
      <ul className="bo-choices">
        {closures.map(({ id, resourceId, startsAt, endsAt, reason }) => (
          <li key={id}>
            <TwoLines
              first={`${when(startsAt)} – ${when(endsAt)}`}
              second={[nameOf(resourceId), reason].filter(Boolean).join(' · ')}
            />
            <Button variant="default" size="xs" onClick={() => remove.mutate(id)}>
              {t('appointments.reopen')}
            </Button>
          </li>
        ))}
      </ul>
      <NewClosure site={site} resources={resources} />
    </div>
  )
}

function NewClosure({ site, resources }: Pick<Props, 'site' | 'resources'>) {
  const t = useT()
  const [draft, setDraft] = useState({ from: '', until: '', resourceId: null as string | null, reason: '' })
  const add = useAct({
    act: (_: void, key) =>
      call(
        endpoints.createClosure,
        {
          body: {
            siteId: site.id,
            resourceId: draft.resourceId,
            startsAt: new Date(draft.from).toISOString(),
            endsAt: new Date(draft.until).toISOString(),
            reason: draft.reason.trim(),
          },
        },
        { idempotencyKey: key },
      ),
    touches: ['/resources', '/services'],
    done: () => t('appointments.closed'),
    onDone: () => setDraft({ from: '', until: '', resourceId: null, reason: '' }),
  })
  return (
    <form
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <div className="bo-pairs">
        <TextInput
          type="datetime-local"
          label={t('appointments.closedFrom')}
          required
          value={draft.from}
          onChange={(event) => setDraft({ ...draft, from: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={t('appointments.closedUntil')}
          required
          value={draft.until}
          onChange={(event) => setDraft({ ...draft, until: event.currentTarget.value })}
        />
      </div>
      <Select
        label={t('appointments.closedWhat')}
        placeholder={t('appointments.wholeShop')}
        clearable
        data={resources.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.resourceId}
        onChange={(resourceId) => setDraft({ ...draft, resourceId })}
      />
      <TextInput
        label={t('appointments.reason')}
        maxLength={200}
        value={draft.reason}
        onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
      />
      <Button type="submit" loading={add.isPending} disabled={draft.from === '' || draft.until <= draft.from}>
        {t('appointments.close')}
      </Button>
    </form>
  )
}
