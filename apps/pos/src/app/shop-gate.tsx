import { useState, type ReactNode } from 'react'
import { Loader, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconBuildingStore, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PublicChannel, Site } from '@ecluse/contracts/channels.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { Brand } from '@ecluse/ui/brand.tsx'
import { useSession } from '@ecluse/ui/staff/session.tsx'
import { useSignOut } from '@ecluse/ui/staff/use-sign-out.ts'
import { useT } from './i18n.ts'
import { rememberedShop, rememberShop, ShopContext, type Shop } from './shop.tsx'

/** Asks once which shop this till stands in; who works in one shop only is not asked. */
export function ShopGate({ children }: { children: ReactNode }) {
  const t = useT()
  const { siteIds } = useSession()
  const [chosen, setChosen] = useState(rememberedShop)
  const sites = useQuery({ ...apiQuery(endpoints.listSites, {}), staleTime: 600_000 })
  const channels = useQuery({ ...apiQuery(endpoints.listChannels, {}), staleTime: 600_000 })
  const failed = sites.isError ? sites : channels.isError ? channels : null
  if (failed) {
    return (
      <main className="pos-door">
        <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />
      </main>
    )
  }
  if (!sites.data || !channels.data) {
    return (
      <main className="pos-door" aria-busy="true">
        <Loader aria-label={t('app.loading')} />
      </main>
    )
  }
  const mine = sites.data.items.filter((site) => siteIds === null || siteIds.includes(site.id))
  const shops = shopsOf(mine, channels.data.items)
  const shop = shops.length === 1 ? shops[0] : shops.find(({ site }) => site.id === chosen)
  const choose = (siteId: string | null): void => {
    rememberShop(siteId)
    setChosen(siteId)
  }
  if (!shop) return <ShopChoice shops={shops} onChoose={choose} />
  const change = shops.length > 1 ? () => choose(null) : null
  return <ShopContext value={{ shop, change }}>{children}</ShopContext>
}

/** The shops that a channel of the medium “store” sells in. */
function shopsOf(sites: readonly Site[], channels: readonly PublicChannel[]): Shop[] {
  const webChannelCode = channels.find(({ medium, active }) => medium === 'web' && active)?.code ?? null
  return sites.flatMap((site) => {
    const channel = channels.find(
      ({ medium, active, sells, siteIds }) => medium === 'store' && active && sells && siteIds.includes(site.id),
    )
    return site.kind === 'shop' && channel ? [{ site, channelCode: channel.code, webChannelCode }] : []
  })
}

function ShopChoice({ shops, onChoose }: { shops: readonly Shop[]; onChoose: (siteId: string) => void }) {
  const t = useT()
  const signOut = useSignOut()
  useDocumentTitle(`${t('shop.choose')} · Écluse`)
  return (
    <main className="pos-door">
      <Stack gap="lg" className="pos-door-card" data-wide>
        <Brand />
        <div>
          <Title order={1}>{t('shop.choose')}</Title>
          <Text c="dimmed">{t('shop.choose.help')}</Text>
        </div>
        {shops.length === 0 ? (
          <EmptyState title={t('shop.none')} hint={t('shop.none.help')} compact />
        ) : (
          <ul className="pos-shops">
            {shops.map(({ site }) => (
              <li key={site.id}>
                <UnstyledButton className="pos-shop" onClick={() => onChoose(site.id)}>
                  <IconBuildingStore size={24} stroke={1.5} aria-hidden />
                  <span className="pos-shop-words">
                    <span className="pos-strong">{site.name}</span>
                    <span className="pos-dim">
                      {site.street}, {site.locality}
                    </span>
                  </span>
                  <IconChevronRight size={20} aria-hidden />
                </UnstyledButton>
              </li>
            ))}
          </ul>
        )}
        <UnstyledButton className="pos-link" onClick={signOut}>
          {t('menu.signOut')}
        </UnstyledButton>
      </Stack>
    </main>
  )
}
