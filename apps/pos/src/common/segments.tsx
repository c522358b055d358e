import { useId, type RefObject } from 'react'

type Props<V extends string> = {
  label: string
  value: V
  choices: readonly { value: V; label: string }[]
  onChange: (value: V) => void
  part?: RefObject<HTMLFieldSetElement | null>
}

/** One of a few, as real radio buttons: arrows change it, Enter submits the form around it. */
export function Segments<V extends string>({ label, value, choices, onChange, part }: Props<V>) {
  const name = useId()
  return (
    <fieldset className="pos-segments" ref={part}>
      <legend className="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="pos-segment">
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            data-autofocus={choice.value === value || undefined}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
