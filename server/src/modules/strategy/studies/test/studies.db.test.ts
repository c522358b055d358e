import type { CircuitsBody, DirectChannelBody } from '@ecluse/contracts/circuits.ts'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OutletQuestion } from '@ecluse/contracts/outlets.ts'
import type { NewStudy, StudyKind } from '@ecluse/contracts/studies.ts'
import { expect, test } from 'vitest'
import { createTestShop } from '../../../../../test/kit/shop.ts'

const { clock, asStaff, visitor } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const staff = asStaff()
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

const outlets: OutletQuestion = {
  areas: [{ country: 'FR', postalCode: '44001', name: 'Ville', spend: 40 }],
  outlets: [
    {
      name: 'Quai',
      postalCode: '44001',
      country: 'FR',
      latitude: null,
      longitude: null,
      open: true,
      surface: 100,
      image: 5,
      priceDiscipline: 0.9,
      cost: 1_000,
      figures: {},
    },
  ],
  criteria: [],
  reach: 12,
  most: 2,
  apart: 30,
  budget: null,
  distanceWeight: 2,
  elsewhere: 0,
}
const direct: DirectChannelBody = {
  sales: 1_000_000,
  growth: 0.2,
  partnerShare: 0.5,
  captured: 0.3,
  diverted: 0.08,
  retaliation: 0.25,
  partnerMargin: 0.25,
  directMargin: 0.4,
  fixedCost: 10_000,
}
const circuits: CircuitsBody = {
  price: 100,
  quantity: 100,
  elasticity: 2,
  shape: 'linear',
  costs: { maker: 30, direct: 12, agent: 2, wholesaler: 4, group: 9, retailer: 6 },
  retailerShare: 0.4,
  leaveOut: { takenOverBy: 'maker', unitCost: 3, fixedCost: 50, demandFactor: 1 },
}
const asked: readonly NewStudy[] = [
  { kind: 'outlets', name: 'Loire', question: outlets },
  { kind: 'direct_channel', name: 'Ouvrir en ligne', question: direct },
  { kind: 'circuits', name: 'Sans grossiste', question: circuits },
]
const names = async (kind: StudyKind) =>
  (await staff(endpoints.listStudies, { query: { kind } })).items.map(({ name }) => name)

test.each(asked)('a study of $kind is kept, opened again, and never overwritten unseen', async (body) => {
  const kept = await staff(endpoints.createStudy, { body })
  expect(kept).toMatchObject({ ...body, revision: 1 })
  const path = { params: { studyId: kept.id } }
  const change = { ...body, name: `${body.name} 2`, revision: 1 }
  clock.advance(60_000)
  const saved = await staff(endpoints.updateStudy, { ...path, body: change })
  expect(saved).toMatchObject({ revision: 2, name: change.name, question: body.question })
  expect(saved.savedBy).toMatch(/^staff-/)
  expect(Date.parse(saved.savedAt)).toBe(clock.now().getTime())
  expect(await codeOf(staff(endpoints.updateStudy, { ...path, body: change }))).toBe('strategy.study_changed')
  expect(await names(body.kind)).toEqual([change.name])
  const reader = asStaff(['strategy:read'])
  expect((await reader(endpoints.getStudy, path)).question).toEqual(body.question)
  expect(await codeOf(reader(endpoints.createStudy, { body }))).toBe('access.forbidden')
  expect(await codeOf(reader(endpoints.deleteStudy, path))).toBe('access.forbidden')
  expect(await codeOf(visitor(endpoints.listStudies, { query: { kind: body.kind } }))).not.toBe('done')
  await staff(endpoints.deleteStudy, path)
  expect(await names(body.kind)).toEqual([])
  expect(await codeOf(staff(endpoints.getStudy, path))).toBe('strategy.study_not_found')
  expect(await codeOf(staff(endpoints.updateStudy, { ...path, body: change }))).toBe('strategy.study_not_found')
  expect(await codeOf(staff(endpoints.deleteStudy, path))).toBe('strategy.study_not_found')
})

test('a study keeps its kind, and a question of another is refused', async () => {
  const { id: studyId } = await staff(endpoints.createStudy, {
    body: { kind: 'circuits', name: 'Sans grossiste', question: circuits },
  })
  const body: NewStudy = { kind: 'direct_channel', name: 'Autre', question: direct }
  expect(await codeOf(staff(endpoints.updateStudy, { params: { studyId }, body: { ...body, revision: 1 } }))).toBe(
    'strategy.study_not_found',
  )
  for (const bad of [
    { ...body, kind: 'circuits' },
    { ...body, kind: 'loyalty' },
    { ...body, name: ' ' },
    { ...body, question: { ...direct, growth: '20 %' } },
  ])
    expect(await codeOf(staff(endpoints.createStudy, { body: bad as NewStudy }))).toBe('kernel.invalid_input')
})

test('two who save at once: one of them is told', async () => {
  const { id: studyId } = await staff(endpoints.createStudy, {
    body: { kind: 'direct_channel', name: 'Ouvrir', question: direct },
  })
  const save = (sales: number) =>
    codeOf(
      staff(endpoints.updateStudy, {
        params: { studyId },
        body: { kind: 'direct_channel', name: 'Ouvrir', question: { ...direct, sales }, revision: 1 },
      }),
    )
  expect((await Promise.all([1, 2, 3, 4].map(save))).toSorted()).toEqual([
    'done',
    'strategy.study_changed',
    'strategy.study_changed',
    'strategy.study_changed',
  ])
})
