import { NavLink, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from './i18n.ts'
import { pageGroups, pageOfPath, pages } from './pages.ts'

/** The menu: only what this person may open. */
export function Nav({ onNavigate }: { onNavigate: () => void }) {
  const t = useT()
  const can = useCan()
  const here = pageOfPath(useLocation({ select: ({ pathname }) => pathname }))
  return (
    <nav aria-label={t('nav.label')} className="bo-nav">
      {pageGroups.map(({ group, label }) => {
        const entries = pages.filter((page) => page.group === group && can(page.permission))
        if (entries.length === 0) return null
        return (
          <div key={group} role="group" aria-label={t(label)}>
            <Text size="xs" c="dimmed" className="bo-nav-group" aria-hidden>
              {t(label)}
            </Text>
            {entries.map(({ to, label: name, icon: Icon }) => (
              <NavLink
                key={to}
                component={Link}
                to={to}
                // Ours says which page is current: an address may belong to two entries (stock, and its movements).
                activeOptions={{ exact: true }}
                active={here?.to === to}
                aria-current={here?.to === to ? 'page' : undefined}
                label={t(name)}
                leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
                onClick={onNavigate}
              />
            ))}
          </div>
        )
      })}
    </nav>
  )
}
