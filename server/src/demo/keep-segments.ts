import type { SegmentCondition, SegmentRule } from '@ecluse/contracts/segments.ts'
import { assert } from '../kernel/assert.ts'
import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createSegment } from '../modules/engagement/public.ts'
import type { DemoStage } from './demo-stage.ts'
import { writeJourneys } from './write-journeys.ts'

const all = (...conditions: SegmentCondition[]): SegmentRule => ({
  match: 'all',
  groups: [{ match: 'all', conditions }],
})
const did = { type: 'did', not: false, atLeast: 1 } as const
const byMail = { type: 'reachable', not: false, by: 'email' } as const

/** Whom a journey welcomes. */
const newcomers = 'Ouest, nouveaux venus'
/** Whom a representative visits. */
const companies = 'Entreprises'

/** What the people of Alizé ask of their customers. */
const segments: readonly { name: string; description: string; rule: SegmentRule }[] = [
  {
    name: 'Bons clients du site',
    description: 'Pour les avant-premières du printemps.',
    rule: all({ ...did, what: 'order', withinDays: 365, channelCodes: ['web'], worthAtLeastMinor: 30_000 }, byMail),
  },
  {
    name: 'À revoir en magasin',
    description: 'Ont retiré une commande, et ne sont pas revenus depuis un mois.',
    rule: all({ ...did, what: 'collection' }, { ...did, not: true, what: 'order', withinDays: 30 }),
  },
  {
    name: newcomers,
    description: 'Pour les inviter aux ateliers de Nantes et de Rennes.',
    rule: all(
      { type: 'postal_code', not: false, startsWith: ['44', '35', '49', '56'] },
      { type: 'known_for', not: false, withinDays: 60 },
    ),
  },
  {
    name: companies,
    description: 'Pour les flottes de vélos de service.',
    rule: all({ type: 'kind', not: false, kind: 'company' }),
  },
  {
    name: 'Retours répétés',
    description: 'À appeler pour comprendre : taille, description, transport\u202f?',
    rule: {
      match: 'any',
      groups: [
        { match: 'all', conditions: [{ ...did, what: 'return', atLeast: 2, withinDays: 180 }] },
        { match: 'all', conditions: [{ ...did, what: 'cancellation', atLeast: 2, withinDays: 90 }] },
      ],
    },
  },
]

/** Keeps the segments; their members are found by the jobs of the server. */
export async function keepSegments({ app }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  await command(ctx, async (tx) => {
    const ids = new Map<string, string>()
    for (const segment of segments) {
      const { id, name } = await createSegment(ctx, tx, segment)
      ids.set(name, id)
    }
    const idOf = (name: string): string => {
      const id = ids.get(name)
      assert(id !== undefined, `the demo keeps no segment ${name}`)
      return id
    }
    await writeJourneys(ctx, tx, { newcomers: idOf(newcomers), companies: idOf(companies) })
  })
}
