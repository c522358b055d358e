import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createWorld, entry, exit, message, way } from '../../src/modules/engagement/journeys/test/world.ts'
import { baseline, design } from '../../src/modules/strategy/experiments/test/given.ts'

const world = await createWorld()
const { allow, clock, does, live, person, publish, sentTo, staff } = world
clock.set('2027-03-10T09:00:00Z')
await allow()

async function begun(): Promise<{ id: string; seed: number }> {
  const body = { name: 'Deux lettres', hypothesis: 'La seconde vend mieux.', design, baseline }
  const { id, seed } = await staff(endpoints.createExperiment, { body })
  await staff(endpoints.startExperiment, { params: { experimentId: id } })
  return { id, seed }
}

/** A journey that writes one thing to an arm and another to the other. */
const testing = (experiment: { id: string; seed: number } | undefined, keys = ['now', 'new']) => ({
  nodes: [
    entry('order'),
    { id: 'essai', type: 'test', cells: keys.map((key) => ({ key, name: key, weight: 50 })), experiment },
    ...keys.map((key) => message(`lettre-${key}`)),
    exit,
  ],
  edges: [
    way('in', 'essai'),
    ...keys.flatMap((key) => [way('essai', `lettre-${key}`, key), way(`lettre-${key}`, 'out')]),
  ],
})

async function walk(count: number) {
  const people = await Promise.all(Array.from({ length: count }, () => person()))
  for (const one of people) await does(one, 'order')
  for (let turn = 0; turn < 3; turn++) await live()
  return people
}
const exposedOf = async (experimentId: string) =>
  (await staff(endpoints.readExperimentResults, { params: { experimentId } })).arms.map(({ exposed }) => exposed)
const stop = (journeyId: string) => staff(endpoints.stopJourney, { params: { journeyId }, body: { reason: 'fini' } })
const ask = (experimentId: string, customerId: string) =>
  staff(endpoints.askExperimentArm, { params: { experimentId, customerId } })

test('a journey writes to everybody as in their arm of an experiment, which counts them', async () => {
  const experiment = await begun()
  const journey = await publish(testing(experiment))
  const people = await walk(24)
  const arms = people.map((one) => sentTo(one).map((title) => title.replace('lettre-', '')))
  const exposed = await exposedOf(experiment.id)
  expect(exposed).toEqual(design.arms.map(({ key }) => arms.filter(([arm]) => arm === key).length))
  expect(exposed.reduce((sum, count) => sum + count)).toBe(24)
  const met = clock.now()
  clock.advance(3_600_000)
  // Asked later at a till: the same arm, met when the journey did.
  for (const [at, one] of people.entries()) {
    const told = await ask(experiment.id, one.id)
    expect([told.arm]).toEqual(arms[at])
    expect(Date.parse(told.exposedAt ?? '')).toBeLessThanOrEqual(met.getTime())
  }
  // Asked first at a till, then in the journey: counted once.
  const first = await person()
  const { arm } = await ask(experiment.id, first.id)
  await does(first, 'order')
  for (let turn = 0; turn < 3; turn++) await live()
  expect(sentTo(first)).toEqual([`lettre-${arm}`])
  expect((await exposedOf(experiment.id)).reduce((sum, count) => sum + count)).toBe(25)
  await stop(journey)
})

test('who is held out met nothing; after its end, or without its arms, a journey goes on uncounted', async () => {
  const experiment = await begun()
  const heldOut = await publish(testing(experiment), { heldOutPercent: 50 })
  const people = await walk(20)
  const written = people.filter((one) => sentTo(one).length > 0).length
  expect(written).toBeLessThan(20)
  expect((await exposedOf(experiment.id)).reduce((sum, count) => sum + count)).toBe(written)
  await stop(heldOut)
  const other = await publish(testing(experiment, ['autre', 'encore']))
  for (const one of await walk(4)) expect(sentTo(one)).toHaveLength(1)
  await stop(other)
  await staff(endpoints.endExperiment, {
    params: { experimentId: experiment.id },
    body: { arm: 'new', why: 'Elle vend mieux.' },
  })
  const after = await publish(testing(experiment))
  for (const one of await walk(4)) expect(sentTo(one)).toHaveLength(1)
  await stop(after)
  expect((await exposedOf(experiment.id)).reduce((sum, count) => sum + count)).toBe(written)
})
