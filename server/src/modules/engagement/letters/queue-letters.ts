import { createHmac } from 'node:crypto'
import { letterCodeOf } from '@ecluse/contracts/letter-code.ts'
import type { Purpose, Subject } from '@ecluse/contracts/consents.ts'
import type { MailContent } from '@ecluse/contracts/mail-templates.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { householdsOf, membersOfHouseholds } from '../../customers/public.ts'
import { addressBlock } from '../domain/address-block.ts'
import { peopleOf, type PersonRow } from '../journeys/queries/participants.ts'
import { readSegment } from '../segments/write-segment.ts'
import { templateById, versionContent } from '../templates/queries/templates.ts'
import { judgeLetters } from './judge-letters.ts'
import { insertLetters, membersToWrite, writtenAmong, type LetterMade, type NewLetter } from './queries/letters.ts'

/** What letters are made from: a version of a template, or the words of a journey's step. */
export type LetterSource = {
  readonly purpose: Purpose
  readonly topic: Subject | null
  readonly subject: MailContent['subject']
  readonly templateId: string | null
  readonly version: number | null
  readonly made: LetterMade
}

/** As many of a segment at once. */
const mostMembers = 5_000

type Queued = { readonly queued: number; readonly leftOut: Record<string, number> }

/** Writes letters to these people, each once for its occurrence; they wait for a batch. */
export async function queueLetters(
  ctx: Ctx,
  tx: Tx,
  { source, people, occurrence }: { source: LetterSource; people: readonly PersonRow[]; occurrence: string },
): Promise<number> {
  const rows = people.map((person): NewLetter => {
    const id = ctx.ids.next()
    const block = person.address === null ? null : addressBlock(person.address)
    return {
      order_id: person.party_id,
      id,
      template: source.templateId === null ? 'journey' : 'own',
      occurrence,
      locale: person.locale,
      recipient: block !== null && 'lines' in block ? block.lines.join(' / ') : person.name,
      subject: source.subject[person.locale] || source.subject.fr,
      purpose: source.purpose,
      party_id: person.root_id,
      topic: source.purpose === 'marketing' ? source.topic : null,
      template_id: source.templateId,
      template_version: source.version,
      provider_ref: codeOf(ctx, id),
      letter: source.made,
    }
  })
  return insertLetters(tx, rows, ctx.clock.now())
}

/** Nobody guesses the code of a letter they did not get. */
const codeOf = ({ config }: Ctx, id: string): string =>
  letterCodeOf(createHmac('sha256', config.sessionSecret).update(`letter\0${id}`).digest())

/**
 * Writes a letter from a template to a customer, however often they had one from it.
 * @throws customers.not_found, engagement.template_not_found, engagement.letter_template
 */
export async function writeLetter(
  ctx: Ctx,
  tx: Tx,
  { customerId, templateId }: { customerId: string; templateId: string },
): Promise<Queued> {
  const source = await sourceOf(tx, templateId)
  const people = await peopleOf(tx, [customerId])
  if (people.length === 0) throw refuse('customers.not_found')
  return queueAllowed(ctx, tx, source, people, `letter ${ctx.ids.next()}`)
}

/**
 * Writes a letter from a template to the members of a segment who may get one now, each version once; of those who live together, to who is a
 * customer longest, unless the letter says what everybody has to know.
 * @throws engagement.segment_not_found, engagement.template_not_found, engagement.letter_template
 */
export async function writeLettersOfSegment(
  ctx: Ctx,
  tx: Tx,
  { segmentId, templateId }: { segmentId: string; templateId: string },
): Promise<Queued> {
  await readSegment(tx, segmentId)
  const source = await sourceOf(tx, templateId)
  const people = await peopleOf(tx, await membersToWrite(tx, segmentId, mostMembers))
  const occurrence = `letter ${templateId} ${source.version ?? 0}`
  return queueAllowed(ctx, tx, source, people, occurrence, source.purpose !== 'service')
}

async function queueAllowed(
  ctx: Ctx,
  tx: Tx,
  source: LetterSource,
  people: readonly PersonRow[],
  occurrence: string,
  onePerHousehold = false,
): Promise<Queued> {
  const judged = await judgeLetters(
    ctx,
    tx,
    people.map((person) => ({ person, purpose: source.purpose, topic: source.topic })),
  )
  const leftOut: Record<string, number> = {}
  for (const { refusal } of judged) if (refusal !== null) leftOut[refusal] = (leftOut[refusal] ?? 0) + 1
  const allowed = judged.filter(({ refusal }) => refusal === null).map(({ asked }) => asked.person)
  const may = onePerHousehold ? await onePerHome(tx, allowed, occurrence) : allowed
  if (allowed.length > may.length) leftOut['household'] = allowed.length - may.length
  const queued = await queueLetters(ctx, tx, { source, people: may, occurrence })
  if (may.length > queued) leftOut['had_it'] = may.length - queued
  return { queued, leftOut }
}

/**
 * Of those who may get a letter and live together, who had it already, or else who is a customer longest. What one allows is never taken for
 * another: who may get none is not among them.
 */
async function onePerHome(tx: Tx, people: readonly PersonRow[], occurrence: string): Promise<PersonRow[]> {
  const homeOf = await householdsOf(
    tx,
    people.map(({ root_id }) => root_id),
  )
  const members = await membersOfHouseholds(tx, [...new Set(homeOf.values())])
  const had = await writtenAmong(
    tx,
    occurrence,
    members.map(({ member_id }) => member_id),
  )
  const whose = new Map(
    members.filter(({ member_id }) => had.has(member_id)).map(({ household_id, root_id }) => [household_id, root_id]),
  )
  return people
    .toSorted((a, b) => (a.root_id < b.root_id ? -1 : 1))
    .filter(({ root_id }) => {
      const home = homeOf.get(root_id)
      if (home === undefined) return true
      if (!whose.has(home)) whose.set(home, root_id)
      return whose.get(home) === root_id
    })
}

/** @throws engagement.template_not_found, engagement.letter_template */
export async function sourceOf(tx: Tx, templateId: string): Promise<LetterSource> {
  const row = await templateById(tx, templateId)
  if (row === undefined) throw refuse('engagement.template_not_found')
  if (row.medium !== 'letter' || row.published_version === null) throw refuse('engagement.letter_template')
  const version = await versionContent(tx, templateId, row.published_version)
  assert(version !== undefined, 'a version that is published is there')
  const { purpose, topic, published_version } = row
  return { purpose, topic, subject: version.content.subject, templateId, version: published_version, made: {} }
}
