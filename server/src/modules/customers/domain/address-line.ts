/** A postal address as it was recorded, in one line. */
export function addressLine(json: string): string {
  const { name, street, street2, postalCode, locality } = JSON.parse(json) as Record<string, string | null | undefined>
  return [name, street, street2, `${postalCode ?? ''} ${locality ?? ''}`.trim()].filter(Boolean).join(', ')
}
