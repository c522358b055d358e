import type { ReactNode } from 'react'

/** A name with a quieter line under it, each cut at the width of its cell. */
export function TwoLines({
  first,
  second,
  narrow,
}: {
  first: ReactNode
  second?: ReactNode
  /** A third line for narrow lists, in place of a column that is hidden there. */
  narrow?: ReactNode
}) {
  return (
    <span className="bo-two">
      <span>{first}</span>
      {second ? <span>{second}</span> : null}
      {narrow ? <span className="bo-narrow-only">{narrow}</span> : null}
    </span>
  )
}
