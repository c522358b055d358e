import type { CSSProperties } from 'react'

/** How dark a cell is, by a share of one; words in it stay readable on the darkest. */
export function heat(share: number): CSSProperties {
  const bounded = Math.min(1, Math.max(0, share))
  return { '--heat': `${Math.round(3 + 35 * Math.sqrt(bounded))}%` } as CSSProperties
}
