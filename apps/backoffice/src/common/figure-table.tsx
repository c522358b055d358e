import type { ReactNode } from 'react'
import './figure-table.css'

/**
 * Figures in a table: the first column names, the others are read from the right. Where it is wider than its place it is scrolled, by
 * keyboard too.
 */
export function FigureTable({
  label,
  narrow = false,
  heat = false,
  children,
}: {
  label: string
  /** Few figures, that would lie too far apart over a whole page. */
  narrow?: boolean
  /** Cells with a style of `heat` are shaded. */
  heat?: boolean
  children: ReactNode
}) {
  const kinds = ['bo-figure-table', narrow && 'bo-figure-narrow', heat && 'bo-heat'].filter(Boolean)
  return (
    <div className="bo-figure-scroll" tabIndex={0} role="group" aria-label={label}>
      <table className={kinds.join(' ')}>{children}</table>
    </div>
  )
}
