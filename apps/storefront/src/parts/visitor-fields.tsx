/** @jsxRuntime automatic @jsxImportSource preact */
import { emailSchema } from '@ecluse/contracts/scalars.ts'
import type { Visit } from '../visit.ts'
import { Field, type FormErrors } from './field.tsx'

/** Who somebody is who leaves an address or a number, and no more. */
export type VisitorValues = { readonly name: string; readonly email: string; readonly phone: string }

export function visitorValues(form: URLSearchParams): VisitorValues {
  const text = (name: string, most: number): string => (form.get(name) ?? '').trim().slice(0, most)
  return { name: text('name', 120), email: text('email', 254), phone: text('phone', 30) }
}

/** What is wrong with them, by field; one of e-mail and telephone is enough. */
export function visitorErrors({ t }: Visit, { name, email, phone }: VisitorValues): FormErrors {
  const errors: FormErrors = {}
  if (name === '') errors.name = t('form.name_missing')
  if (email === '' && phone === '') errors.email = t('visitor.reach_missing')
  else if (email !== '' && !emailSchema.safeParse(email).success) errors.email = t('form.email_wrong')
  if (phone !== '' && !/^[+\d][\d\s.()-]{5,}$/.test(phone)) errors.phone = t('form.phone_wrong')
  return errors
}

/** The same as the API takes them. */
export function visitorContact({ name, email, phone }: VisitorValues) {
  return { name, email: email || null, phone: phone || null }
}

export function VisitorFields(props: { visit: Visit; values: VisitorValues; errors: FormErrors }) {
  const { visit, values, errors } = props
  const { t } = visit
  return (
    <fieldset class="step">
      <legend>{t('visitor.title')}</legend>
      <Field
        {...{ visit, errors }}
        name="name"
        label={t('form.name')}
        autocomplete="name"
        value={values.name}
        maxLength={120}
      />
      <Field
        {...{ visit, errors }}
        name="email"
        label={t('form.email')}
        type="email"
        autocomplete="email"
        value={values.email}
        hint={t('visitor.hint')}
        required={false}
        maxLength={254}
      />
      <Field
        {...{ visit, errors }}
        name="phone"
        label={t('form.phone')}
        type="tel"
        autocomplete="tel"
        value={values.phone}
        required={false}
        maxLength={30}
      />
    </fieldset>
  )
}
