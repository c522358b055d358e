import type { Subscriber } from '../../../kernel/relay.ts'
import { openLicences } from '../licences/licences.ts'

/** An article was given its first file: it can be sold. */
export const openLicencesOfFiles: Subscriber = {
  name: 'inventory.open-licences',
  types: ['catalog.file_added'],
  async handle(ctx, tx, events) {
    await openLicences(ctx, tx, [...new Set(events.map(({ payload }) => String(payload['variantId'])))])
  },
}
