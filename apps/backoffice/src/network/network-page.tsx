import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Channel, Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { formatMinutes } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { Section } from '../common/section.tsx'
import { ChannelCosts } from './channel-costs.tsx'
import { ChannelOf } from './channel-of.tsx'
import { Hours } from './hours.tsx'
import { useSites } from './use-channels.ts'

const route = getRouteApi('/network')

/** The channels with their circuit, costs and hand-offs, and the places with their hours. */
export function NetworkPage() {
  const t = useT()
  const { open } = route.useSearch()
  const navigate = route.useNavigate()
  const setOpen = (next: string | undefined) => void navigate({ search: { open: next }, resetScroll: false })
  const query = useQuery(apiQuery(endpoints.listChannelCosts, {}))
  const sites = useSites()
  const channel = query.data?.items.find(({ code }) => open === `channel-${code}`)
  const site = sites.find(({ code }) => open === `site-${code}`)
  return (
    <Page title={t('nav.network')} summary={t('network.summary')}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      <div className="bo-stack">
        <Card title={t('network.channels')}>
          {query.isPending ? (
            <Skeleton height={240} />
          ) : (
            <Channels channels={query.data?.items ?? []} onOpen={setOpen} />
          )}
        </Card>
        <Card title={t('network.sites')}>
          <Sites sites={sites} onOpen={setOpen} />
        </Card>
      </div>
      {channel && <ChannelPanel channel={channel} sites={sites} onClose={() => setOpen(undefined)} />}
      {site && <SitePanel site={site} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

function Channels({ channels, onOpen }: { channels: readonly Channel[]; onOpen: (open: string) => void }) {
  const t = useT()
  return (
    <table className="bo-mini">
      <thead>
        <tr>
          <th scope="col">{t('orders.channel')}</th>
          <th scope="col" className="bo-wide-only">
            {t('network.circuit')}
          </th>
          <th scope="col" data-end className="bo-wide-only">
            {t('network.fixed')}
          </th>
          <th scope="col" data-end>
            {t('network.perOrder')}
          </th>
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <tr key={channel.code}>
            <td>
              <button type="button" className="bo-text-button" onClick={() => onOpen(`channel-${channel.code}`)}>
                <ChannelOf code={channel.code} />
              </button>
            </td>
            <td className="bo-wide-only">{t(`circuit.${channel.circuit}`)}</td>
            <td data-end className="bo-wide-only">
              <Money value={channel.costs.fixedPerMonth} whole />
            </td>
            <td data-end>
              <Money value={channel.costs.perOrder} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sites({ sites, onOpen }: { sites: readonly Site[]; onOpen: (open: string) => void }) {
  const t = useT()
  return (
    <table className="bo-mini">
      <thead>
        <tr>
          <th scope="col">{t('network.site')}</th>
          <th scope="col">{t('customers.town')}</th>
          <th scope="col" className="bo-wide-only">
            {t('network.pickup')}
          </th>
        </tr>
      </thead>
      <tbody>
        {sites.map((site) => (
          <tr key={site.code}>
            <td>
              <button type="button" className="bo-text-button bo-link" onClick={() => onOpen(`site-${site.code}`)}>
                {site.name}
              </button>
            </td>
            <td>{site.locality}</td>
            <td className="bo-wide-only">{site.offersPickup ? t('app.yes') : t('app.no')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ChannelPanel({ channel, sites, onClose }: { channel: Channel; sites: readonly Site[]; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <SidePanel itemKey={channel.code} title={channel.name[locale]} onClose={onClose}>
      <Section title={t('network.about')}>
        <Facts
          facts={[
            [t('network.circuit'), t(`circuit.${channel.circuit}`)],
            [t('network.sells'), channel.sells ? t('app.yes') : t('app.no')],
            [t('network.active'), channel.active ? t('app.yes') : t('app.no')],
            [
              t('network.places'),
              sites
                .filter(({ id }) => channel.siteIds.includes(id))
                .map(({ name }) => name)
                .join(', '),
            ],
          ]}
        />
      </Section>
      <Section title={t('network.costs')}>
        <ChannelCosts code={channel.code} />
      </Section>
      <Section title={t('network.handsOff')}>
        <span className="bo-marks">
          {channel.handsOffTo.map((code) => (
            <ChannelOf key={code} code={code} />
          ))}
          {channel.handsOffTo.length === 0 && t('app.none')}
        </span>
      </Section>
    </SidePanel>
  )
}

function SitePanel({ site, onClose }: { site: Site; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <SidePanel itemKey={site.code} title={site.name} onClose={onClose}>
      <Section title={t('network.about')}>
        <Facts
          facts={[
            [t('orders.address'), `${site.street}, ${site.postalCode} ${site.locality}`],
            [t('customers.phone'), site.phone && formatPhone(site.phone, locale)],
            [
              t('network.pickup'),
              site.offersPickup
                ? t('network.pickup.ready', { time: formatMinutes(site.pickupReadyMinutes, locale) })
                : t('app.no'),
            ],
          ]}
        />
      </Section>
      <Section title={t('network.hours')}>
        <Hours hours={site.openingHours} />
      </Section>
    </SidePanel>
  )
}
