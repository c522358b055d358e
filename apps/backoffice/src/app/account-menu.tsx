import { Avatar, Menu, SegmentedControl, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronUp, IconKeyboard, IconLock, IconLogout } from '@tabler/icons-react'
import { useColourScheme, useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useSession } from '@ecluse/ui/staff/session.tsx'
import { useSignOut } from '@ecluse/ui/staff/use-sign-out.ts'
import { ChangePassword } from './change-password.tsx'
import { useT } from './i18n.ts'
import { openShortcuts } from './shortcuts.tsx'

export function AccountMenu() {
  const t = useT()
  const session = useSession()
  const signOut = useSignOut()
  const [changing, password] = useDisclosure(false)
  return (
    <>
      <Menu position="top-start" width={252} closeOnItemClick>
        <Menu.Target>
          <UnstyledButton className="bo-account">
            <Avatar size={32} radius="xl" name={session.name} color="identity" aria-hidden />
            <span className="bo-account-name">
              <Text size="sm" fw={550} truncate>
                {session.name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {t(`role.${session.role}`)}
              </Text>
            </span>
            <IconChevronUp size={16} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{session.email}</Menu.Label>
          <DisplayChoices />
          <Menu.Divider />
          <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={openShortcuts}>
            {t('shortcuts.title')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={password.open}>
            {t('account.password')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
            {t('account.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {changing && <ChangePassword onClose={password.close} />}
    </>
  )
}

/** The language and the colours of the screens, remembered on this device. */
function DisplayChoices() {
  const t = useT()
  const { locale, setLocale } = useLocale()
  const { scheme, setScheme } = useColourScheme()
  return (
    <>
      <div className="bo-menu-choice">
        <Text size="sm" id="menu-language">
          {t('account.language')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-labelledby="menu-language"
          value={locale}
          onChange={(value) => setLocale(value === 'en' ? 'en' : 'fr')}
          data={[
            { value: 'fr', label: 'Français' },
            { value: 'en', label: 'English' },
          ]}
        />
      </div>
      <div className="bo-menu-choice">
        <Text size="sm" id="menu-theme">
          {t('account.theme')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-labelledby="menu-theme"
          value={scheme}
          onChange={(value) => setScheme(value === 'dark' || value === 'light' ? value : 'auto')}
          data={[
            { value: 'light', label: t('account.theme.light') },
            { value: 'dark', label: t('account.theme.dark') },
            { value: 'auto', label: t('account.theme.auto') },
          ]}
        />
      </div>
    </>
  )
}
