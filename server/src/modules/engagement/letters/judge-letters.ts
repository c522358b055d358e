import type { Purpose, Subject } from '@ecluse/contracts/consents.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { permissionsFor } from '../../customers/public.ts'
import { addressBlock } from '../domain/address-block.ts'
import { addressKey } from '../domain/address-key.ts'
import type { PersonRow } from '../journeys/queries/participants.ts'
import { deadAmong } from '../mailbox/queries/mailbox.ts'
import { withinHours } from '../may-contact.ts'
import { lastWritten } from './queries/letters.ts'

type Asked = { readonly person: PersonRow; readonly purpose: Purpose; readonly topic: Subject | null }

/** Whether a letter may leave, and the lines it is addressed with; else why not. */
type Judged<One extends Asked> = {
  readonly asked: One
  readonly refusal: string | null
  readonly lines: readonly string[]
}

/**
 * Whether each of these letters may leave, by the one gate, asked once for all: consents, oppositions and wishes; and whether the
 * post can read its address, and finds somebody there.
 */
export async function judgeLetters<One extends Asked>(
  ctx: Ctx,
  db: Queryable,
  asked: readonly One[],
): Promise<Judged<One>[]> {
  const at = ctx.clock.now()
  const members = [...new Set(asked.flatMap(({ person }) => person.member_ids))]
  const keys = asked.map(({ person: { address } }) => address && addressKey('letter', JSON.stringify(address)))
  const [written, dead] = [
    await lastWritten(db, members),
    await deadAmong(
      db,
      keys.filter((key) => key !== null),
    ),
  ]
  const questions = asked.map(({ person, purpose, topic }) => {
    const before = written.filter((one) => one.purpose === purpose && person.member_ids.includes(one.party_id))
    return {
      memberIds: person.member_ids,
      medium: 'letter' as const,
      purpose,
      subject: topic ?? undefined,
      address: JSON.stringify(person.address ?? noAddress),
      at,
      lastAt: before.map((one) => one.at).toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null,
    }
  })
  const permissions = await permissionsFor(ctx.config, db, questions)
  return asked.map((one, nth): Judged<One> => {
    const [permission, question, key] = [permissions[nth], questions[nth], keys[nth]]
    assert(permission !== undefined && question !== undefined, 'every question has its answer')
    const no = (refusal: string): Judged<One> => ({ asked: one, refusal, lines: [] })
    const { address } = one.person
    if (address === null) return no('no_address')
    const { allowed, reason } = withinHours(permission, {
      ...question,
      place: address,
      dead: key ? dead.has(key) : false,
    })
    if (!allowed) return no(reason)
    const block = addressBlock(address)
    return 'lines' in block ? { asked: one, refusal: null, lines: block.lines } : no(block.fault)
  })
}

const noAddress = { name: '', street: '', postalCode: '', locality: '', country: 'FR' }
