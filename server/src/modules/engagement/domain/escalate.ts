import type { Medium } from '@ecluse/contracts/consents.ts'

/** A medium that could carry a message, as things stand for one person. */
export type Candidate = {
  readonly medium: Medium
  /** Whether the gate lets it pass now. */
  readonly allowed: boolean
  /** Whether they said yes to it, rather than nothing against it. */
  readonly volunteered: boolean
  /** Whether they asked for it this time: a call-back, a letter, a visit. */
  readonly asked: boolean
  /** Millionths of a euro. */
  readonly costMicro: number
  /** How often it was tried for this already without reaching them. */
  readonly failed: number
}

export type Escalation = {
  readonly medium: Medium | null
  readonly reason: 'asked' | 'first' | 'failed_before' | 'nothing_left'
  /** Why each of the others is not it, in the order they are climbed. */
  readonly passed: readonly {
    readonly medium: Medium
    readonly why: 'not_allowed' | 'not_asked' | 'not_volunteered' | 'failed' | 'dearer' | 'later'
  }[]
}

/** From what disturbs and costs least to what does most. */
const ladder: readonly Medium[] = ['email', 'push', 'social', 'sms', 'phone', 'letter', 'visit']
/** Only for who said yes to them, whatever the law would allow. */
export const forVolunteers: ReadonlySet<Medium> = new Set(['sms', 'push', 'social'])
/** Only when they were asked for this time. */
export const onRequest: ReadonlySet<Medium> = new Set(['phone', 'letter', 'visit'])

/**
 * By which medium somebody is reached: what they asked for, else e-mail; a text message only to volunteers, a call, a letter or a visit
 * only on request. What failed once is climbed past; of two on the same step the cheaper one.
 */
export function escalate(candidates: readonly Candidate[]): Escalation {
  const steps = candidates.toSorted(
    (a, b) =>
      Number(b.asked) - Number(a.asked) ||
      ladder.indexOf(a.medium) - ladder.indexOf(b.medium) ||
      a.costMicro - b.costMicro,
  )
  const passed: { medium: Medium; why: Escalation['passed'][number]['why'] }[] = []
  let chosen: Candidate | null = null
  for (const step of steps) {
    const why = againstStep(step)
    if (why === null && chosen === null) chosen = step
    else passed.push({ medium: step.medium, why: why ?? (chosen?.medium === step.medium ? 'dearer' : 'later') })
  }
  if (chosen === null) return { medium: null, reason: 'nothing_left', passed }
  const failedBefore = passed.some(({ why }) => why === 'failed')
  return { medium: chosen.medium, reason: chosen.asked ? 'asked' : failedBefore ? 'failed_before' : 'first', passed }
}

function againstStep({
  medium,
  allowed,
  volunteered,
  asked,
  failed,
}: Candidate): Escalation['passed'][number]['why'] | null {
  if (!allowed) return 'not_allowed'
  if (onRequest.has(medium) && !asked) return 'not_asked'
  if (forVolunteers.has(medium) && !volunteered && !asked) return 'not_volunteered'
  return failed > 0 ? 'failed' : null
}
