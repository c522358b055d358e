import { contactPolicySchema, type ContactPolicy } from '@ecluse/contracts/journeys.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { readSetting, writeSetting } from '../../../kernel/settings.ts'

const setting = 'engagement.contact_policy'

/** Until somebody decides otherwise: no more than what people bear, and what contacts cost a small firm in France. */
const usual: ContactPolicy = {
  caps: [
    { medium: null, contacts: 2, days: 7 },
    { medium: 'sms', contacts: 2, days: 30 },
    { medium: 'letter', contacts: 2, days: 90 },
    { medium: 'phone', contacts: 1, days: 90 },
    { medium: 'visit', contacts: 1, days: 90 },
  ],
  heldOutPercent: 2,
  costs: [
    { medium: 'email', micro: 800 },
    { medium: 'sms', micro: 65_000 },
    { medium: 'phone', micro: 4_500_000 },
    { medium: 'letter', micro: 1_150_000 },
    { medium: 'push', micro: 50 },
    { medium: 'social', micro: 1_000 },
    { medium: 'visit', micro: 80_000_000 },
  ],
  marginPercent: 30,
  quiet: { from: 21, until: 8 },
}

export async function readContactPolicy(db: Queryable): Promise<ContactPolicy> {
  const written = await readSetting<unknown>(db, setting)
  return written === undefined ? usual : contactPolicySchema.parse(written)
}

export async function writeContactPolicy(tx: Tx, policy: ContactPolicy): Promise<ContactPolicy> {
  await writeSetting(tx, setting, policy)
  return policy
}
