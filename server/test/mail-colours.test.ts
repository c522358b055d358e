import { toHex } from '@ecluse/ui/oklch.ts'
import { colours } from '@ecluse/ui/tokens.ts'
import { expect, test } from 'vitest'
import { mailColours, type MailColour } from '../src/modules/engagement/mail/colours.ts'

test('e-mails have the colours of the design', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const [name, colour] of Object.entries(mailColours[theme]))
      expect([theme, name, colour]).toEqual([theme, name, toHex(colours[theme][name as MailColour])])
})
