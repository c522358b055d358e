import { Kbd, Modal, Switch } from '@mantine/core'
import { useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { enableSingleKeys, singleKeysEnabled } from './shortcuts.ts'

interface Shortcut {
  /** Alternatives; each is one key or several pressed together. */
  keys: readonly (readonly string[])[]
  label: string
}

/** A group of shortcuts that an application adds to the help. */
export interface ShortcutGroup {
  title: string
  shortcuts: readonly Shortcut[]
}

/** What the keys do, opened by `?`; single-key shortcuts can be switched off here. */
export function ShortcutHelp({
  opened,
  onClose,
  groups = [],
}: {
  opened: boolean
  onClose: () => void
  groups?: readonly ShortcutGroup[]
}) {
  const intl = useIntl()
  const [enabled, setEnabled] = useState(singleKeysEnabled)
  const text = (id: string) => intl.formatMessage({ id: `ui.shortcuts.${id}` })
  const own: ShortcutGroup[] = [
    {
      title: text('list'),
      shortcuts: [
        { keys: [['j'], ['↓']], label: text('next') },
        { keys: [['k'], ['↑']], label: text('previous') },
        { keys: [[text('key_enter')]], label: text('open') },
        { keys: [['x']], label: text('select') },
        { keys: [['/']], label: text('search') },
        { keys: [['?']], label: text('help') },
      ],
    },
    {
      title: text('anywhere'),
      shortcuts: [
        { keys: [['Ctrl', 'K']], label: text('find') },
        { keys: [[text('key_escape')]], label: text('close') },
      ],
    },
  ]
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={text('title')}
      closeButtonProps={{ 'aria-label': intl.formatMessage({ id: 'ui.panel.close' }) }}
    >
      {[...own, ...groups].map((group) => (
        <section key={group.title} className="ec-shortcuts">
          <h3>{group.title}</h3>
          <dl>
            {group.shortcuts.map((shortcut) => (
              <div key={shortcut.label}>
                <dt>{shortcut.label}</dt>
                <dd>
                  <Keys keys={shortcut.keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Switch
        checked={enabled}
        onChange={(event) => {
          setEnabled(event.currentTarget.checked)
          enableSingleKeys(event.currentTarget.checked)
        }}
        label={text('enabled')}
        description={text('enabled_hint')}
      />
    </Modal>
  )
}

function Keys({ keys }: { keys: Shortcut['keys'] }) {
  return keys.map((combination, index) => (
    <span key={index}>
      {index > 0 && (
        <span className="ec-shortcuts-or">
          {' '}
          <FormattedMessage id="ui.shortcuts.or" />{' '}
        </span>
      )}
      {combination.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  ))
}
