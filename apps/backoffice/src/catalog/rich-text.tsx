import { useEffect, useId, useRef, type RefObject } from 'react'
import { ActionIcon, Group } from '@mantine/core'
import { IconBold, IconH3, IconItalic, IconList, IconListNumbers, type Icon } from '@tabler/icons-react'
import { useT, type MessageId } from '../app/i18n.ts'
import { cleanHtml } from './clean-html.ts'

type Mark = { id: string; icon: Icon; label: MessageId; command: string; argument?: string }

const marks: readonly Mark[] = [
  { id: 'bold', icon: IconBold, label: 'richText.bold', command: 'bold' },
  { id: 'italic', icon: IconItalic, label: 'richText.italic', command: 'italic' },
  { id: 'heading', icon: IconH3, label: 'richText.heading', command: 'formatBlock', argument: 'h3' },
  { id: 'list', icon: IconList, label: 'richText.list', command: 'insertUnorderedList' },
  { id: 'numbers', icon: IconListNumbers, label: 'richText.numbers', command: 'insertOrderedList' },
]

/**
 * A text with a little form: bold, italic, headings, lists. Shows and gives only the HTML that `cleanHtml` lets through, and takes
 * pasted text without its looks. `execCommand` is old, but every browser has it and nothing has replaced it.
 */
export function RichText({
  label,
  lang,
  html,
  onChange,
}: {
  label: string
  lang: string
  html: string
  onChange: (html: string) => void
}) {
  const id = useId()
  const field = useRef<HTMLDivElement>(null)
  const shown = useRef<string | null>(null)
  useEffect(() => {
    // Written only when it comes from elsewhere: writing what is being typed would move the caret.
    if (!field.current || shown.current === html) return
    shown.current = html
    field.current.replaceChildren(cleanHtml(html))
  }, [html])
  const tell = () => {
    if (!field.current) return
    const holder = document.createElement('div')
    holder.append(cleanHtml(field.current.innerHTML))
    shown.current = holder.textContent?.trim() === '' ? '' : holder.innerHTML
    onChange(shown.current)
  }
  return (
    <div className="bo-rich">
      <Group justify="space-between" gap="sm">
        <span id={id} className="mantine-InputWrapper-label bo-rich-label">
          {label}
        </span>
        <MarkButtons label={label} field={field} onMarked={tell} />
      </Group>
      <div
        ref={field}
        className="bo-rich-field"
        role="textbox"
        aria-multiline="true"
        aria-labelledby={id}
        tabIndex={0}
        lang={lang}
        contentEditable
        suppressContentEditableWarning
        onInput={tell}
        onPaste={(event) => {
          event.preventDefault()
          document.execCommand('insertText', false, event.clipboardData.getData('text/plain'))
        }}
      />
    </div>
  )
}

/** Buttons that give the selected text a form. */
function MarkButtons({
  label,
  field,
  onMarked,
}: {
  label: string
  field: RefObject<HTMLDivElement | null>
  onMarked: () => void
}) {
  const t = useT()
  return (
    <Group gap={2} role="toolbar" aria-label={t('richText.tools', { label })}>
      {marks.map(({ id: mark, icon: Icon, label: name, command, argument }) => (
        <ActionIcon
          key={mark}
          size={28}
          aria-label={t(name)}
          // The selection must stay in the text while the button is pressed.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            field.current?.focus()
            document.execCommand(command, false, argument)
            onMarked()
          }}
        >
          <Icon size={16} aria-hidden />
        </ActionIcon>
      ))}
    </Group>
  )
}
