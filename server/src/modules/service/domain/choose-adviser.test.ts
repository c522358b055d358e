import { expect, test } from 'vitest'
import { chooseAdviser, type Candidate } from './choose-adviser.ts'

const candidate = (accountId: string, changes: Partial<Candidate> = {}): Candidate => ({
  accountId,
  languages: ['fr'],
  categoryCodes: [],
  mostCustomers: 10,
  customers: 0,
  sites: [{ name: accountId, km: 50 }],
  ...changes,
})
const wanted = { language: 'fr', categoryCodes: ['velos', 'casques'] } as const
const chosen = (...candidates: Candidate[]) => chooseAdviser(wanted, candidates)?.accountId

test('language counts before distance, distance before what they know, that before load', () => {
  const english = candidate('a', { languages: ['en'], sites: [{ name: 'Ici', km: 1 }] })
  const farther = candidate('b', { sites: [{ name: 'Loin', km: 300 }], categoryCodes: ['velos'] })
  const nearer = candidate('c', {
    sites: [
      { name: 'Loin', km: 400 },
      { name: 'Près', km: 20 },
    ],
    customers: 9,
  })
  expect(chosen(english, farther)).toBe('b')
  expect(chosen(english, farther, nearer)).toBe('c')
  const knows = candidate('d', { sites: [{ name: 'Près', km: 29 }], categoryCodes: ['casques'], customers: 9 })
  expect(chosen(nearer, knows)).toBe('d')
  const free = candidate('e', { sites: [{ name: 'Près', km: 21 }], categoryCodes: ['velos'], customers: 1 })
  expect(chosen(nearer, knows, free)).toBe('e')
})

test('who works in the shop a customer uses comes before who is nearer, and after who speaks their language', () => {
  const nearer = candidate('a', { sites: [{ name: 'Près', km: 1 }] })
  const usual = candidate('b', {
    sites: [
      { name: 'Plus près', km: 100 },
      { name: 'Le sien', km: 200, usual: true },
    ],
  })
  expect(chooseAdviser(wanted, [nearer, usual])).toMatchObject({
    accountId: 'b',
    reason: { siteName: 'Le sien', usualShop: true, km: 200 },
  })
  expect(chosen(nearer, candidate('c', { languages: ['en'], sites: [{ name: 'Le sien', km: 1, usual: true }] }))).toBe(
    'a',
  )
})

test('who is full is not chosen, a distance nobody knows counts last, and the reason says what spoke', () => {
  const full = candidate('a', { customers: 10 })
  expect(chosen(full)).toBeUndefined()
  expect(chosen(candidate('b', { sites: [{ name: 'Où', km: null }] }), candidate('c'))).toBe('c')
  expect(chosen(candidate('d', { sites: [] }))).toBe('d')
  const found = chooseAdviser({ language: 'en', categoryCodes: ['velos'] }, [
    full,
    candidate('e', { categoryCodes: ['velos'], customers: 3 }),
  ])
  expect(found?.reason).toEqual({
    language: 'en',
    speaks: false,
    siteName: 'e',
    usualShop: false,
    km: 50,
    categoryCodes: ['velos'],
    customers: 3,
    among: 1,
  })
})
