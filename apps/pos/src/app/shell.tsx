import { useEffect, useRef, type ReactNode } from 'react'
import { Kbd } from '@mantine/core'
import { IconArrowBackUp, IconBasket, IconCalendarStats, IconHanger, IconPackage, type Icon } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { Brand } from '@ecluse/ui/brand.tsx'
import { openPickups } from '../pickups/pickup-queries.ts'
import { useT, type MessageId } from './i18n.ts'
import { tillKeys } from './keys.ts'
import { Menu } from './menu.tsx'
import { Offline } from './offline.tsx'
import { useShop } from './shop.tsx'
import { Shortcuts } from './shortcuts.tsx'

type Place = { to: '/' | '/pickups' | '/visits' | '/returns' | '/day'; label: MessageId; key: string; icon: Icon }
const places: readonly Place[] = [
  { to: '/', label: 'nav.sell', key: tillKeys.sell, icon: IconBasket },
  { to: '/pickups', label: 'nav.pickups', key: tillKeys.pickups, icon: IconPackage },
  { to: '/visits', label: 'nav.visits', key: tillKeys.visits, icon: IconHanger },
  { to: '/returns', label: 'nav.returns', key: tillKeys.returns, icon: IconArrowBackUp },
  { to: '/day', label: 'nav.day', key: tillKeys.day, icon: IconCalendarStats },
]

/** The frame of the till: where it stands, its places, and what is wrong with the network. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useT()
  const main = useFocusOnNewPage()
  return (
    <div className="pos-frame">
      <a href="#main" className="skip-link">
        {t('app.skip')}
      </a>
      {/* No banner: dialogs bring one of their own, and a page has one at most. */}
      <nav aria-label={t('nav.label')} className="pos-bar">
        <Link to="/" className="pos-brand-link" aria-label={t('nav.home')}>
          <Brand />
        </Link>
        <Places />
        <Menu />
      </nav>
      <Offline />
      <main id="main" ref={main} tabIndex={-1} className="pos-main">
        {children}
      </main>
      <Shortcuts />
    </div>
  )
}

function Places() {
  const t = useT()
  const { site } = useShop()
  const toPrepare = useQuery({ ...openPickups(site.id, 'to_prepare'), refetchInterval: 30_000 })
  const waiting = toPrepare.data?.items.length ?? 0
  return (
    <div className="pos-places">
      {places.map(({ to, label, key, icon: Mark }) => (
        <Link key={to} to={to} className="pos-place" activeOptions={{ exact: to === '/', includeSearch: false }}>
          <Mark size={22} stroke={1.75} aria-hidden />
          <span>{t(label)}</span>
          {to === '/pickups' && waiting > 0 && (
            <span className="pos-count" aria-label={t('nav.toPrepare', { count: waiting })}>
              {waiting}
            </span>
          )}
          <Kbd className="pos-key" aria-hidden>
            {key}
          </Kbd>
        </Link>
      ))}
    </div>
  )
}

/** Moves the focus into the new page after a navigation, as a page load would; a page with its own field takes it from there. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null)
  const pathname = useLocation({ select: (location) => location.pathname })
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}
