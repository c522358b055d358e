import type { legalBases, ProcessingActivity } from '@ecluse/contracts/register.ts'

type Declared = {
  readonly activity: ProcessingActivity
  /** Whose declared tables are processed for it. */
  readonly modules: readonly string[]
  readonly basis: (typeof legalBases)[number]
  /** How long its data are kept: as customers are, as accounts are, or as a word of its own. */
  readonly kept: 'customers' | 'accounts' | 'account' | 'proof'
}

/** What the software does with data of people, by the modules that declare them. Each module belongs to one of them, which a test asks. */
export const activities: readonly Declared[] = [
  { activity: 'customers', modules: ['customers'], basis: 'legitimate_interest', kept: 'customers' },
  { activity: 'accounts', modules: ['access'], basis: 'contract', kept: 'account' },
  {
    activity: 'orders',
    modules: ['orders', 'fulfillment', 'inventory', 'interchange'],
    basis: 'contract',
    kept: 'accounts',
  },
  { activity: 'payments', modules: ['payments'], basis: 'legal_obligation', kept: 'accounts' },
  { activity: 'service', modules: ['service'], basis: 'contract', kept: 'customers' },
  { activity: 'loyalty', modules: ['loyalty'], basis: 'contract', kept: 'customers' },
  { activity: 'contacts', modules: ['engagement'], basis: 'consent', kept: 'customers' },
  { activity: 'studies', modules: ['strategy'], basis: 'legitimate_interest', kept: 'customers' },
  { activity: 'rights', modules: ['rights'], basis: 'legal_obligation', kept: 'proof' },
  { activity: 'records', modules: ['kernel'], basis: 'legitimate_interest', kept: 'customers' },
]
