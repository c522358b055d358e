/** The sender as the settings give it: `Alizé <boutique@alize.example>`, or an address alone. */
export type Sender = { readonly name: string; readonly address: string; readonly domain: string }

/** Reads the sender; without a name, the address stands for it. */
export function parseSender(from: string): Sender {
  const [, name = '', address = from] = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(from) ?? []
  const trimmed = address.trim()
  return { name: name || trimmed, address: trimmed, domain: trimmed.split('@')[1] ?? 'localhost' }
}
