import { useRef } from 'react'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { ApiError } from '@ecluse/contracts/client.ts'
import { newIdempotencyKey, refresh } from './api.ts'
import { useWords } from './words.ts'
import { tellDone, tellRefusal } from './toasts.tsx'

type Act<In, Out> = {
  /** The call. `key` is sent as the idempotency key where the endpoint honours one. */
  act: (input: In, key: string) => Promise<Out>
  /** Paths whose answers the act makes old. */
  touches: readonly string[]
  /** What to say when it is done; nothing is said without it. */
  done?: (output: Out, input: In) => string
  /** Takes the act back, from the toast. */
  undo?: (output: Out, input: In) => Promise<unknown>
  /** When the caller shows refusals itself, beside the form. */
  quiet?: boolean
  onDone?: (output: Out, input: In) => void
}

/** Statuses of refusals that say that a thing is no longer as it is shown. */
const outdated: ReadonlySet<number> = new Set([404, 409])

/**
 * One act of a screen: calls, makes lists fresh, says it is done, offers to undo, and tells refusals, with what is there now
 * where somebody else was quicker. After a lost answer the same key is sent again, so that trying again never does a thing twice.
 */
export function useAct<In = void, Out = unknown>(options: Act<In, Out>): UseMutationResult<Out, Error, In> {
  const t = useWords()
  const key = useRef(newIdempotencyKey())
  return useMutation<Out, Error, In>({
    mutationFn: (input) => options.act(input, key.current),
    onSuccess: async (output, input) => {
      key.current = newIdempotencyKey()
      options.onDone?.(output, input)
      const { undo } = options
      if (options.done) {
        const takeBack = () => {
          undo?.(output, input).then(
            async () => {
              await refresh(...options.touches)
              tellDone(t('ui.act.undone'))
            },
            (error: unknown) => tellRefusal(error),
          )
        }
        tellDone(options.done(output, input), undo ? { label: t('ui.act.undo'), run: takeBack } : undefined)
      }
      await refresh(...options.touches)
    },
    onError: (error) => {
      const answered = error instanceof ApiError && error.problem.status !== 0
      if (answered) key.current = newIdempotencyKey()
      if (options.quiet) return
      tellRefusal(error)
      // Somebody else was quicker: what is shown is old. A form keeps what was typed, and tells by itself.
      if (answered && outdated.has(error.problem.status)) void refresh(...options.touches)
    },
  })
}
