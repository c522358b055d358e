import { useRef, useState, type FormEvent } from 'react'
import { useForm, type UseFormReturnType } from '@mantine/form'
import type { z } from 'zod'
import { ApiError } from '@ecluse/contracts/client.ts'
import { newIdempotencyKey } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { errorsOf, wordsOf } from './field-errors.ts'

type Options<Values, Schema extends z.ZodType, Out> = {
  initialValues: Values
  /** The contract's own schema of the body: the screen refuses exactly what the API would. */
  schema: Schema
  /** From the fields to the body; the fields themselves when left out. */
  toBody?: (values: Values) => unknown
  send: (body: z.output<Schema>, key: string) => Promise<Out>
  onDone: (output: Out) => void
}

/** What a form in a dialog is drawn from. */
export type CheckedForm<Values> = {
  form: UseFormReturnType<Values>
  submit: (event?: FormEvent<HTMLFormElement>) => void
  problem: unknown
  busy: boolean
}

/**
 * A form checked by the contract: nothing is said before the first submit, then errors follow what is typed. Refusals of the API
 * that name a field go beside it, the others are the form's `problem`.
 */
export function useCheckedForm<Values extends object, Schema extends z.ZodType, Out>(
  options: Options<Values, Schema, Out>,
): CheckedForm<Values> {
  const t = useT()
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const key = useRef(newIdempotencyKey())
  const bodyOf = (values: Values): unknown => (options.toBody ? options.toBody(values) : values)
  const form = useForm<Values>({
    initialValues: options.initialValues,
    validateInputOnChange: tried,
    validate: (values) => {
      const checked = options.schema.safeParse(bodyOf(values))
      return checked.success ? {} : errorsOf(checked.error, t)
    },
  })

  async function send(values: Values): Promise<void> {
    const checked = options.schema.safeParse(bodyOf(values))
    if (!checked.success) return
    setBusy(true)
    setProblem(null)
    try {
      options.onDone(await options.send(checked.data, key.current))
      key.current = newIdempotencyKey()
    } catch (error) {
      if (error instanceof ApiError && error.problem.status !== 0) key.current = newIdempotencyKey()
      const issues = error instanceof ApiError ? (error.problem.issues ?? []) : []
      form.setErrors(Object.fromEntries(issues.map((issue) => [issue.path.replace(/^body\./, ''), issue.message])))
      setProblem(issues.length > 0 ? new Error(wordsOf(t)) : error)
    } finally {
      setBusy(false)
    }
  }

  const submit = (event?: FormEvent<HTMLFormElement>): void => {
    setTried(true)
    form.onSubmit((values) => void send(values))(event)
  }
  return { form: form, submit, problem, busy }
}
