import { useState } from 'react'
import { ActionIcon, Button, Group, Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconBookmarkPlus, IconX } from '@tabler/icons-react'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { readViews, writeViews, type View } from './saved-views.ts'

/** Ready-made views, then those saved on this device; the one whose filters are set is marked. */
export function ViewsBar<Search extends object>({
  name,
  views,
  search,
  filterNames,
  onSearch,
}: {
  name: string
  views: readonly View<Search>[]
  search: Search
  filterNames: readonly (keyof Search & string)[]
  onSearch: (patch: Partial<Search>) => void
}) {
  const t = useT()
  const [saved, setSaved] = useState(() => readViews<Search>(name))
  const keep = (next: readonly View<Search>[]) => {
    setSaved(next)
    writeViews(name, next)
  }
  const matches = (view: View<Search>) => filterNames.every((field) => search[field] === view.filters[field])
  const any = filterNames.some((field) => search[field] !== undefined)
  const show = (view: View<Search>) =>
    onSearch(Object.fromEntries(filterNames.map((field) => [field, view.filters[field]])) as Partial<Search>)
  const forget = (view: View<Search>) => {
    const before = saved
    keep(saved.filter(({ id }) => id !== view.id))
    tellDone(t('views.forgotten', { name: view.label }), { label: t('app.undo'), run: () => keep(before) })
  }
  const known = [...views, ...saved].some(matches)
  if (views.length === 0 && saved.length === 0 && !any) return null
  return (
    <div className="bo-views" role="group" aria-label={t('views.label')}>
      {views.map((view) => (
        <ViewButton key={view.id} label={view.label} active={matches(view)} onClick={() => show(view)} />
      ))}
      {saved.map((view) => (
        <span key={view.id} className="bo-view-saved">
          <ViewButton label={view.label} active={matches(view)} onClick={() => show(view)} />
          <ActionIcon size={24} onClick={() => forget(view)} aria-label={t('views.forget', { name: view.label })}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </span>
      ))}
      {any && !known && (
        <SaveView
          onSave={(label) => {
            const filters = Object.fromEntries(filterNames.map((field) => [field, search[field]])) as Partial<Search>
            keep([...saved, { id: `saved-${Date.now()}`, label, filters }])
          }}
        />
      )}
    </div>
  )
}

function ViewButton({ label, active, onClick }: { label: string; active: boolean; onClick: () => void }) {
  return (
    <UnstyledButton className="bo-view" aria-pressed={active} onClick={onClick}>
      {label}
    </UnstyledButton>
  )
}

function SaveView({ onSave }: { onSave: (label: string) => void }) {
  const t = useT()
  const [opened, setOpened] = useState(false)
  const [label, setLabel] = useState('')
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconBookmarkPlus size={16} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {t('views.save')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('views.save')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (label.trim() === '') return
            onSave(label.trim())
            setLabel('')
            setOpened(false)
          }}
        >
          <Group gap="sm" align="end" wrap="nowrap">
            <TextInput
              label={t('views.name')}
              maxLength={40}
              value={label}
              data-autofocus
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
            <Button type="submit">{t('app.save')}</Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
