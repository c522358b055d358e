/** What a merge, or taking one back, makes old. */
export const touchedByMerge = ['/customers', '/orders'] as const
