import { useEffect, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { ShortcutHelp, type ShortcutGroup } from '@ecluse/ui/shortcut-help.tsx'
import { singleKeysEnabled } from '@ecluse/ui/shortcuts.ts'
import { useT } from './i18n.ts'
import { dialogIsOpen, isTyping, tillKeys, useKey } from './keys.ts'

const helpEvent = 'ecluse:shortcuts'

/** Opens the help of the keyboard, from anywhere. */
export function openShortcuts(): void {
  window.dispatchEvent(new Event(helpEvent))
}

/** The keys that go from page to page, and the help that `?` opens. */
export function Shortcuts() {
  const t = useT()
  const navigate = useNavigate()
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    const open = () => setOpened(true)
    window.addEventListener(helpEvent, open)
    return () => window.removeEventListener(helpEvent, open)
  }, [])
  useHelpKey()
  useKey(tillKeys.help, openShortcuts)
  useKey(tillKeys.sell, () => void navigate({ to: '/' }))
  useKey(tillKeys.pickups, () => void navigate({ to: '/pickups' }))
  useKey(tillKeys.visits, () => void navigate({ to: '/visits' }))
  useKey(tillKeys.returns, () => void navigate({ to: '/returns' }))
  useKey(tillKeys.day, () => void navigate({ to: '/day' }))
  const groups: ShortcutGroup[] = [
    {
      title: t('shortcuts.pages'),
      shortcuts: [
        { keys: [[tillKeys.sell]], label: t('nav.sell') },
        { keys: [[tillKeys.pickups]], label: t('nav.pickups') },
        { keys: [[tillKeys.returns]], label: t('nav.returns') },
        { keys: [[tillKeys.visits]], label: t('nav.visits') },
        { keys: [[tillKeys.day]], label: t('nav.day') },
        { keys: [[tillKeys.help]], label: t('shortcuts.help') },
      ],
    },
    {
      title: t('shortcuts.sale'),
      shortcuts: [
        { keys: [[tillKeys.pay]], label: t('pay.open') },
        { keys: [[tillKeys.hold]], label: t('shortcuts.hold') },
        { keys: [['3', '*']], label: t('shortcuts.times') },
        { keys: [['+']], label: t('shortcuts.more') },
        { keys: [['−']], label: t('shortcuts.less') },
      ],
    },
  ]
  return <ShortcutHelp opened={opened} onClose={() => setOpened(false)} groups={groups} />
}

/** `?` opens the help; in a field only while it is empty, as no one searches for a question mark. */
function useHelpKey(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== '?' || event.defaultPrevented || !singleKeysEnabled() || dialogIsOpen()) return
      const { target } = event
      if (isTyping(target) && !(target instanceof HTMLInputElement && target.value === '')) return
      event.preventDefault()
      openShortcuts()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
