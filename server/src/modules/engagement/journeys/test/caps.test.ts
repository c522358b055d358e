import { expect, test } from 'vitest'
import { capOf } from '../load-decisions.ts'

test('a cap of one treatment binds nobody else', () => {
  const at = new Date('2026-03-02T09:00:00Z')
  const lately = [{ medium: 'email', send_at: at } as never]
  const policy = {
    caps: [
      { medium: null, treatment: 'transactional', contacts: 1, days: 7 },
      { medium: null, contacts: 2, days: 7 },
    ],
  } as never
  expect(capOf(policy, { lately, relational: false }, 'email', at)?.reason).toBe('cap_of_all')
  expect(capOf(policy, { lately, relational: true }, 'email', at)).toBeNull()
  expect(capOf(policy, { lately: [...lately, ...lately], relational: true }, 'email', at)?.reason).toBe('cap_of_all')
})
