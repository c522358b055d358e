/** @jsxRuntime automatic @jsxImportSource preact */
import type { Visit } from '../visit.ts'
import { Icon } from './icon.tsx'

/** What is wrong, by field name; `form` is about the whole. */
export type FormErrors = Record<string, string>

type Props = {
  visit: Visit
  name: string
  label: string
  value?: string
  type?: 'text' | 'email' | 'tel' | 'password'
  autocomplete: string
  inputMode?: 'numeric' | 'email' | 'tel'
  hint?: string
  /** Said to be optional; `required` false alone says nothing, where one of several fields is enough. */
  optional?: boolean
  required?: boolean
  maxLength?: number
  pattern?: string
  errors: FormErrors
}

/** A labelled input with its hint and, beside it, what is wrong with it. */
export function Field(props: Props) {
  const { visit, name, errors } = props
  const error = errors[name]
  const described = [props.hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  // Apart, because Preact's types tell inputs apart by a type known beforehand.
  const typing: object = { type: props.type ?? 'text' }
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={`field-${name}`}>
        {props.label}
        {props.optional && <span class="optional"> {visit.t('form.optional')}</span>}
      </label>
      {props.hint && (
        <p class="hint" id={`${name}-hint`}>
          {props.hint}
        </p>
      )}
      <input
        id={`field-${name}`}
        name={name}
        {...typing}
        value={props.value ?? ''}
        autocomplete={props.autocomplete}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        required={props.required ?? !props.optional}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={described || undefined}
        data-pattern={props.pattern}
      />
      <FieldError name={name} errors={errors} />
    </div>
  )
}

export function FieldError({ name, errors }: { name: string; errors: FormErrors }) {
  const error = errors[name]
  if (!error) return null
  return (
    <p class="field-error" id={`${name}-error`}>
      <Icon name="alert" size={18} />
      <span>{error}</span>
    </p>
  )
}

/** What stopped the form, first on the page, with a way to each field. */
export function ErrorSummary({ visit, errors }: { visit: Visit; errors: FormErrors }) {
  const fields = Object.entries(errors).filter(([name]) => name !== 'form')
  if (Object.keys(errors).length === 0) return null
  return (
    <div class="banner urgent" role="alert" tabIndex={-1}>
      <Icon name="alert" />
      <div>
        <p>{errors.form ?? visit.t('form.to_correct', { count: fields.length })}</p>
        {fields.length > 0 && (
          <ul>
            {fields.map(([name, text]) => (
              <li key={name}>
                <a href={`#field-${name}`}>{text}</a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
