/** Whether one of these restrictions held at a moment. */
export function isRestricted(
  rows: readonly { readonly since: Date; readonly lifted_at: Date | null }[],
  at: Date,
): boolean {
  return rows.some(({ since, lifted_at }) => since <= at && (lifted_at === null || lifted_at > at))
}
