import { Menu as MantineMenu, UnstyledButton } from '@mantine/core'
import { IconBuildingStore, IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { Preferences } from '@ecluse/ui/preferences.tsx'
import { useSession } from '@ecluse/ui/staff/session.tsx'
import { useSignOut } from '@ecluse/ui/staff/use-sign-out.ts'
import { useT } from './i18n.ts'
import { useShopChoice } from './shop.tsx'
import { openShortcuts } from './shortcuts.tsx'

/** Who sells, where, and how the till looks and speaks. */
export function Menu() {
  const t = useT()
  const session = useSession()
  const { shop, change } = useShopChoice()
  const signOut = useSignOut()
  return (
    <MantineMenu width={288} position="bottom-end" trapFocus>
      <MantineMenu.Target>
        <UnstyledButton className="pos-who" aria-label={t('menu.label', { name: session.name, shop: shop.site.name })}>
          <span className="pos-who-words" aria-hidden>
            <span className="pos-strong">{shop.site.name}</span>
            <span className="pos-dim">{session.name}</span>
          </span>
          <IconUserCircle size={28} stroke={1.5} aria-hidden />
        </UnstyledButton>
      </MantineMenu.Target>
      <MantineMenu.Dropdown>
        <MantineMenu.Label>
          {session.name} · {shop.site.name}
        </MantineMenu.Label>
        <div className="pos-menu-choices">
          <Preferences />
        </div>
        <MantineMenu.Divider />
        {change && (
          <MantineMenu.Item
            className="pos-menu-item"
            leftSection={<IconBuildingStore size={20} aria-hidden />}
            onClick={change}
          >
            {t('menu.changeShop')}
          </MantineMenu.Item>
        )}
        <MantineMenu.Item
          className="pos-menu-item"
          leftSection={<IconKeyboard size={20} aria-hidden />}
          onClick={openShortcuts}
        >
          {t('menu.shortcuts')}
        </MantineMenu.Item>
        <MantineMenu.Item
          className="pos-menu-item"
          leftSection={<IconLogout size={20} aria-hidden />}
          onClick={signOut}
        >
          {t('menu.signOut')}
        </MantineMenu.Item>
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}
