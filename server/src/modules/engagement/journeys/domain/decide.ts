import type { Medium } from '@ecluse/contracts/consents.ts'
import { forVolunteers, onRequest } from '../../domain/escalate.ts'
import { expectedAnswer, type Answers } from './expected-answer.ts'

/** One thing that could be sent, by one medium, at one moment; as it was known when it was decided. Times are ISO 8601. */
export type Option = {
  readonly key: string
  readonly name: string
  readonly medium: Medium
  readonly title: string
  readonly sendAt: string
  readonly hour: number
  /**
   * Why it is impossible whatever the gate says: it is for others, nobody carries this medium, nothing leads to the person by it, or
   * somebody they live with got the letter.
   */
  readonly lacks: 'no_sender' | 'no_address' | 'not_for_them' | 'household' | null
  /** What the gate answers for that moment; `from`: when it might be otherwise. */
  readonly gate: { readonly allowed: boolean; readonly reason: string; readonly from: string | null }
  /** The first cap that leaves no room, and when it does again. */
  readonly cap: { readonly reason: 'cap_of_medium' | 'cap_of_all'; readonly from: string | null } | null
  readonly costMicro: number
  /** Of their own acts, how many were at its hour, where it is sent at theirs. */
  readonly own?: { readonly acts: number; readonly there: number }
  /** Whether they said yes to this medium, and whether they asked for it: a call back, letters, visits. */
  readonly volunteered?: boolean
  readonly asked?: boolean
  readonly seen: Answers
  readonly prior: { readonly medium: Answers; readonly valueMinor: number }
}

/** All a decision is made of. It is kept, and gives the same answer whenever it is asked again. */
export type DecisionInputs = {
  readonly at: string
  readonly heldOut: 'held_out' | 'held_out_of_all' | null
  /** What may still be spent; null: no limit. */
  readonly budgetMicro: number | null
  /** What the best must bring beyond its cost, in cents; null: it is sent whatever it brings. */
  readonly atLeastMinor: number | null
  /** By what this journey wrote to them before; absent where media are not chosen between. */
  readonly tried?: readonly Medium[]
  readonly options: readonly Option[]
}

export type Judged = {
  readonly option: Option
  readonly probability: number
  readonly answerMinor: number
  readonly netMicro: number
  /** Why it cannot be sent now; null: it can. */
  readonly struck: string | null
  /** When it might be otherwise. */
  readonly from: string | null
}

export type Decision = {
  readonly judged: readonly Judged[]
} & (
  | { readonly kind: 'send'; readonly chosen: Judged; readonly reason: 'best' | 'only' }
  | { readonly kind: 'wait'; readonly until: string; readonly reason: string }
  | { readonly kind: 'none'; readonly reason: string }
)

const microOfMinor = 10_000

/**
 * What to send somebody, if anything. Every option is judged: what keeps it from being sent, else what is expected of it less what it
 * costs. Where media are chosen between, a text message goes to volunteers only, a call, a letter or a visit to who asked for it, and by each
 * journey e-mail comes first, as long as it may be sent now or later. Of those that can be sent the best is; where all that stands against some passes with time, the first such moment is waited
 * for. Held out, somebody waits for nothing. Pure: the same inputs give the same decision.
 */
export function decide(inputs: DecisionInputs): Decision {
  const judged = mailFirst(
    inputs.options.map((option) => judge(option, inputs)),
    inputs,
  )
  const possible = judged.filter(({ struck }) => struck === null)
  const [first] = possible
  if (first) {
    const chosen = possible.reduce((best, one) => (one.netMicro > best.netMicro ? one : best), first)
    return { kind: 'send', judged, chosen, reason: judged.length === 1 ? 'only' : 'best' }
  }
  const later = judged
    .filter((one): one is Judged & { from: string } => one.from !== null && one.from > inputs.at)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : b.netMicro - a.netMicro))[0]
  if (later) return { kind: 'wait', judged, until: later.from, reason: later.struck ?? '' }
  return { kind: 'none', judged, reason: judged.at(-1)?.struck ?? 'no_sender' }
}

/** Before this journey wrote an e-mail to them, nothing dearer is sent that they did not ask for. */
function mailFirst(judged: readonly Judged[], { at, tried }: DecisionInputs): readonly Judged[] {
  if (tried === undefined || tried.includes('email')) return judged
  const mayBeMailed = judged.some(
    ({ option, struck, from }) => option.medium === 'email' && (struck === null || (from !== null && from > at)),
  )
  if (!mayBeMailed) return judged
  return judged.map((one) =>
    one.option.medium === 'email' || one.option.asked || one.struck !== null
      ? one
      : { ...one, struck: 'email_first', from: null },
  )
}

function judge(option: Option, inputs: DecisionInputs): Judged {
  const { probability, answerMinor } = expectedAnswer(option.seen, option.prior)
  const netMicro = Math.round(probability * answerMinor * microOfMinor - option.costMicro)
  const { struck, from } = strike(option, netMicro, inputs)
  return { option, probability, answerMinor, netMicro, struck, from }
}

function strike(
  option: Option,
  netMicro: number,
  { heldOut, budgetMicro, atLeastMinor, tried }: DecisionInputs,
): { struck: string | null; from: string | null } {
  const forGood = (struck: string) => ({ struck, from: null })
  if (heldOut !== null) return forGood(heldOut)
  if (option.lacks !== null) return forGood(option.lacks)
  if (!option.gate.allowed && option.gate.from === null) return forGood(option.gate.reason)
  const unwished = tried === undefined ? null : againstMedium(option)
  if (unwished !== null) return forGood(unwished)
  if (!option.gate.allowed) return { struck: option.gate.reason, from: option.gate.from }
  if (option.cap !== null) return { struck: option.cap.reason, from: option.cap.from }
  if (budgetMicro !== null && option.costMicro > budgetMicro) return forGood('budget')
  if (atLeastMinor !== null && netMicro < atLeastMinor * microOfMinor) return forGood('worth_too_little')
  return { struck: null, from: null }
}

/** Why a medium is not chosen for somebody by itself, whatever the law would allow. */
function againstMedium({ medium, volunteered, asked }: Option): 'not_volunteered' | 'not_asked_for' | null {
  if (asked) return null
  if (onRequest.has(medium)) return 'not_asked_for'
  return forVolunteers.has(medium) && !volunteered ? 'not_volunteered' : null
}

/** What a decision was made of, and the decision. */
export type Decided = { readonly inputs: DecisionInputs; readonly decision: Decision }
