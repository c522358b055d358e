import { expect, test } from 'vitest'
import { channelMedia } from '@ecluse/contracts/channels.ts'
import english from '../messages/en.json' with { type: 'json' }
import french from '../messages/fr.json' with { type: 'json' }

test('both catalogues have the same keys and no empty text', () => {
  expect(Object.keys(french)).toEqual(Object.keys(english))
  for (const text of [...Object.values(french), ...Object.values(english)]) expect(text.trim()).not.toBe('')
})

test('French has a narrow no-break space before its high punctuation and only there', () => {
  for (const [key, text] of Object.entries(french)) {
    expect(text, key).not.toMatch(/[^\u202f][?!;»]/)
    expect(text, key).not.toMatch(/[ \u00a0][:?!;»€%]/)
    expect(text, key).not.toMatch(/'|\.\.\./)
  }
})

test('every channel medium has its word', () => {
  for (const medium of channelMedia) expect(french).toHaveProperty([`ui.channel.${medium}`])
})
