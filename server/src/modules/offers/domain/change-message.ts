/** What has changed, as far as the read model is concerned. */
export type Changes = { productIds: Set<string>; variantIds: Set<string>; terms: boolean }

/** Ids of 36 letters and a comma: the message stays under the 8,000 bytes a notification may have. */
const idsPerMessage = 200

/** No change yet. */
export function noChanges(): Changes {
  return { productIds: new Set(), variantIds: new Set(), terms: false }
}

/** Changes as messages: `p:` products, `v:` variants whose stock moved, `t` all terms. */
export function writeMessages({ productIds, variantIds, terms }: Changes): string[] {
  return [...(terms ? ['t'] : []), ...messagesOf('p', [...productIds]), ...messagesOf('v', [...variantIds])]
}

function messagesOf(kind: 'p' | 'v', ids: readonly string[]): string[] {
  const messages: string[] = []
  for (let start = 0; start < ids.length; start += idsPerMessage)
    messages.push(`${kind}:${ids.slice(start, start + idsPerMessage).join(',')}`)
  return messages
}

/** Adds what a message tells; anything else is passed over, as another version of this program may have sent it. */
export function readMessage(message: string, into: Changes): void {
  if (message === 't') into.terms = true
  const ids = message.slice(2).split(',').filter(Boolean)
  if (message.startsWith('p:')) for (const id of ids) into.productIds.add(id)
  if (message.startsWith('v:')) for (const id of ids) into.variantIds.add(id)
}
