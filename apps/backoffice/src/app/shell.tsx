import { useEffect, useRef, type ReactNode } from 'react'
import { ActionIcon, AppShell, Burger, Group, Kbd, ScrollArea, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { Brand } from '@ecluse/ui/brand.tsx'
import { AccountMenu } from './account-menu.tsx'
import { CommandPalette, openPalette } from './command-palette.tsx'
import { useT } from './i18n.ts'
import { Nav } from './nav.tsx'
import { Shortcuts } from './shortcuts.tsx'

/** The frame around every page: menu, search, account; on a telephone the menu opens from the top bar. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useT()
  const [menuOpen, menu] = useDisclosure(false)
  const main = useFocusOnNewPage()
  return (
    <>
      <a href="#main" className="bo-skip">
        {t('app.skip')}
      </a>
      <AppShell
        header={{ height: { base: 52, md: 0 } }}
        navbar={{ width: 232, breakpoint: 'md', collapsed: { mobile: !menuOpen } }}
        padding={0}
        transitionDuration={0}
      >
        <AppShell.Header hiddenFrom="md" className="bo-topbar">
          <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap">
              <Burger
                opened={menuOpen}
                onClick={menu.toggle}
                size="sm"
                aria-label={t('nav.toggle')}
                aria-expanded={menuOpen}
              />
              <Link to="/" className="bo-brand-link" aria-label={t('nav.home')}>
                <Brand />
              </Link>
            </Group>
            <ActionIcon size={44} onClick={openPalette} aria-label={t('palette.open')}>
              <IconSearch size={20} aria-hidden />
            </ActionIcon>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className="bo-navbar">
          <AppShell.Section visibleFrom="md" p="sm" pb={0}>
            <Link to="/" className="bo-brand-link" aria-label={t('nav.home')}>
              <Brand />
            </Link>
            <UnstyledButton className="bo-search-button" onClick={openPalette} mt="sm">
              <IconSearch size={16} aria-hidden />
              <span>{t('palette.button')}</span>
              <Kbd size="xs">Ctrl K</Kbd>
            </UnstyledButton>
          </AppShell.Section>
          <AppShell.Section grow component={ScrollArea} px="sm" type="auto" scrollbarSize={6}>
            <Nav onNavigate={menu.close} />
          </AppShell.Section>
          <AppShell.Section p="sm" className="bo-navbar-foot">
            <AccountMenu />
          </AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main id="main" ref={main} tabIndex={-1} className="bo-main">
          {children}
        </AppShell.Main>
      </AppShell>
      <CommandPalette />
      <Shortcuts />
    </>
  )
}

/** Moves the focus into the new page after a navigation, as a page load would. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null)
  const pathname = useLocation({ select: (location) => location.pathname })
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}
