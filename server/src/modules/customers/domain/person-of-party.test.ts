import { expect, test } from 'vitest'
import { isSure, personOfParty } from './person-of-party.ts'

const party = (name: string, street: string) => ({ id: 'a', name, email: null, phone: null, address: { street } })

test.each([
  ['12 rue du Port', '12', 'rue du Port'],
  ['12 bis, rue du Port', '12 bis', 'rue du Port'],
  ['Lieu-dit Kerbihan', null, 'Lieu-dit Kerbihan'],
])('%s is number %s of %s', (line, streetNumber, street) => {
  expect(personOfParty(party('Anne Le Goff', line))).toMatchObject({
    givenName: 'Anne',
    familyName: 'Le Goff',
    streetNumber,
    street,
  })
})

const whole = ['givenName', 'familyName', 'phone', 'street', 'streetNumber', 'place']
const same = whole.map((comparison) => ({ comparison, level: 'same', bits: 5 }))

test('nobody is merged unasked unless everything agrees, and enough is known', () => {
  expect(isSure(0.999, same)).toBe(true)
  expect(isSure(0.98, same)).toBe(false)
  expect(isSure(0.999, [...same, { comparison: 'email', level: 'different', bits: -2 }])).toBe(false)
  for (const left of whole)
    expect(
      isSure(
        0.999,
        same.filter(({ comparison }) => comparison !== left),
      ),
    ).toBe(false)
})
