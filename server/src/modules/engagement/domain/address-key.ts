import type { Medium } from '@ecluse/contracts/consents.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import { addressBlock } from './address-block.ts'

/**
 * By what an address is known among those where nobody is found: an e-mail in small letters, a postal address as its block with the
 * name on it, for somebody else may live there. Null: of no use, or of a medium that keeps no such list.
 * @param address as the gate gets it: of a letter or a visit, JSON
 */
export function addressKey(medium: Medium, address: string): string | null {
  if (medium === 'email') return address.toLowerCase()
  if (medium !== 'letter' && medium !== 'visit') return null
  const block = addressBlock(JSON.parse(address) as PostalAddress)
  return 'lines' in block ? block.lines.join(' / ').toLowerCase() : null
}
