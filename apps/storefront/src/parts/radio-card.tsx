/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from 'preact'

type RadioProps = {
  id?: string | undefined
  name: string
  value: string
  checked: boolean
  disabled?: boolean | undefined
  title: ComponentChildren
  note?: ComponentChildren
  end?: ComponentChildren
}

/** One of several ways to choose between, with what it means below it and what it costs at its end. */
export function RadioCard({ id, name, value, checked, disabled, title, note, end }: RadioProps) {
  return (
    <label class="radio-card">
      <input id={id} type="radio" name={name} value={value} checked={checked} disabled={disabled} />
      <span class="radio-words">
        <span class="radio-title">{title}</span>
        {note && <span class="muted">{note}</span>}
      </span>
      {end && <span class="radio-end tabular">{end}</span>}
    </label>
  )
}
