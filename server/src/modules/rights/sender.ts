/** The firm's name and address, as its e-mails are sent from. */
export function parseSenderParts(mailFrom: string): { shop: string; address: string } {
  const [, name, address] = /^\s*"?([^"<]*?)"?\s*<([^>]+)>/.exec(mailFrom) ?? []
  return { shop: name || (address ?? mailFrom), address: address ?? mailFrom }
}
