const natural = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' })

/** Orders locations as people walk them: A-2 before A-10, and what lies nowhere last. */
export function compareLocations(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return natural.compare(a, b)
}

/** Whether a code names an article: its SKU in any case, or its GTIN with or without leading zeros. */
export function namesArticle(code: string, { sku, gtin }: { sku: string; gtin: string | null }): boolean {
  const plain = code.trim()
  if (plain.toLowerCase() === sku.toLowerCase()) return true
  return gtin !== null && /^\d{8,14}$/.test(plain) && plain.padStart(14, '0') === gtin.padStart(14, '0')
}
