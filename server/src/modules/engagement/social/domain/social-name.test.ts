import { expect, test } from 'vitest'
import { mostCharacters, socialName } from './social-name.ts'

test('a name says its network, and each network has its length', () => {
  expect(socialName('instagram:lea.roux')).toEqual({ network: 'instagram', to: 'lea.roux' })
  expect(socialName('whatsapp:+33612345678')).toEqual({ network: 'whatsapp', to: '+33612345678' })
  expect(socialName('@lea')).toEqual({ network: 'other', to: '@lea' })
  expect(['whatsapp:1', 'messenger:1', 'instagram:1', 'mastodon:a@b.example', '@lea'].map(mostCharacters)).toEqual([
    4_096, 2_000, 1_000, 1_000, 1_000,
  ])
})
