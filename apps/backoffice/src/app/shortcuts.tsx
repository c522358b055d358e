import { useEffect, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { ShortcutHelp, type ShortcutGroup } from '@ecluse/ui/shortcut-help.tsx'
import { singleKeysEnabled } from '@ecluse/ui/shortcuts.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from './i18n.ts'
import { pages } from './pages.ts'

const helpEvent = 'ecluse:shortcuts'
const sequenceMs = 1_200

/** Opens the help of the keyboard, from anywhere. */
export function openShortcuts(): void {
  window.dispatchEvent(new Event(helpEvent))
}

/** The help that `?` opens, and the keys that go from page to page: `g` then a letter. */
export function Shortcuts() {
  const t = useT()
  const can = useCan()
  const [opened, setOpened] = useState(false)
  const allowed = pages.filter((page) => page.key && can(page.permission))
  useEffect(() => {
    const open = () => setOpened(true)
    window.addEventListener(helpEvent, open)
    return () => window.removeEventListener(helpEvent, open)
  }, [])
  useGoKeys(allowed)
  useHelpKey()
  const groups: ShortcutGroup[] = [
    {
      title: t('shortcuts.pages'),
      shortcuts: allowed.map((page) => ({ keys: [['g', page.key ?? '']], label: t(page.label) })),
    },
    {
      title: t('shortcuts.forms'),
      shortcuts: [{ keys: [['Ctrl', 'S']], label: t('shortcuts.saveProduct') }],
    },
  ]
  return <ShortcutHelp opened={opened} onClose={() => setOpened(false)} groups={groups} />
}

function useGoKeys(allowed: readonly { to: string; key?: string }[]): void {
  const navigate = useNavigate()
  useEffect(() => {
    let armedAt = 0
    function onKeyDown(event: KeyboardEvent): void {
      if (isTyping(event) || !singleKeysEnabled()) return
      const armed = event.timeStamp - armedAt < sequenceMs && armedAt > 0
      armedAt = event.key === 'g' ? event.timeStamp : 0
      if (!armed) return
      const page = allowed.find(({ key }) => key === event.key)
      if (!page) return
      event.preventDefault()
      void navigate({ to: page.to })
    }
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [allowed, navigate])
}

/** Lists answer `?` themselves and mark the key as taken; elsewhere it is answered here. */
function useHelpKey(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== '?' || event.defaultPrevented || isTyping(event) || !singleKeysEnabled()) return
      event.preventDefault()
      openShortcuts()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true
  const { target } = event
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}
