import { useState } from 'react'
import { Button, Modal, Skeleton, Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Resource, Service } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMinutes } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { TwoLines } from '../common/two-lines.tsx'
import { ClosuresForm } from './closures-form.tsx'
import { ResourceForm } from './resource-form.tsx'
import { ServiceForm } from './service-form.tsx'
import './appointments.css'

/** What is offered by appointment, who or what serves it in this shop, and when it does not. */
export function SettingsDialog({ site, onClose }: { site: Site; onClose: () => void }) {
  const t = useT()
  const services = useQuery(apiQuery(endpoints.listServices, { query: {} }))
  const resources = useQuery(apiQuery(endpoints.listResources, { query: { siteId: site.id } }))
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('appointments.settingsOf', { site: site.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {services.data && resources.data ? (
        <Tabs defaultValue="services" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="services">{t('appointments.services')}</Tabs.Tab>
            <Tabs.Tab value="resources">{t('appointments.resources')}</Tabs.Tab>
            <Tabs.Tab value="closures">{t('appointments.closures')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="services" pt="md">
            <Services services={services.data.items} />
          </Tabs.Panel>
          <Tabs.Panel value="resources" pt="md">
            <Resources site={site} resources={resources.data.items} services={services.data.items} />
          </Tabs.Panel>
          <Tabs.Panel value="closures" pt="md">
            <ClosuresForm site={site} resources={resources.data.items} closures={resources.data.closures} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <Skeleton height={280} />
      )}
    </Modal>
  )
}

function Services({ services }: { services: readonly (Service & { siteIds: string[] })[] }) {
  const t = useT()
  const { locale } = useLocale()
  const [edited, setEdited] = useState<Service | 'new' | null>(null)
  if (edited)
    return (
      <ServiceForm
        start={edited === 'new' ? null : edited}
        onDone={() => setEdited(null)}
        key={edited === 'new' ? 'new' : edited.code}
      />
    )
  return (
    <div className="bo-stack">
      <ul className="bo-choices">
        {services.map(({ siteIds, ...service }) => (
          <li key={service.code}>
            <TwoLines
              first={service.name[locale] || service.name.fr}
              second={[
                formatMinutes(service.durationMinutes, locale),
                t('appointments.inShops', { count: siteIds.length }),
                ...(service.active ? [] : [t('appointments.off')]),
              ].join(' · ')}
            />
            <Button variant="default" size="xs" onClick={() => setEdited(service)}>
              {t('appointments.change')}
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
        {t('appointments.newService')}
      </Button>
    </div>
  )
}

type ResourcesProps = { site: Site; resources: readonly Resource[]; services: readonly Service[] }

function Resources({ site, resources, services }: ResourcesProps) {
  const t = useT()
  const [edited, setEdited] = useState<Resource | 'new' | null>(null)
  if (edited)
    return (
      <ResourceForm
        site={site}
        start={edited === 'new' ? null : edited}
        services={services}
        onDone={() => setEdited(null)}
      />
    )
  return (
    <div className="bo-stack">
      <ul className="bo-choices">
        {resources.map((resource) => (
          <li key={resource.id}>
            <TwoLines
              first={resource.name}
              second={[
                t(`appointments.kind.${resource.kind}`),
                t('appointments.atOnce', { count: resource.capacity }),
                ...(resource.active ? [] : [t('appointments.off')]),
              ].join(' · ')}
            />
            <Button variant="default" size="xs" onClick={() => setEdited(resource)}>
              {t('appointments.change')}
            </Button>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        disabled={services.length === 0}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => setEdited('new')}
      >
        {t('appointments.newResource')}
      </Button>
    </div>
  )
}
