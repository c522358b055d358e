import type { ReactNode } from 'react'

/** A name with a quieter line under it, each cut at the width of its cell. */
export function TwoLines({ first, second }: { first: ReactNode; second?: ReactNode }) {
  return (
    <span className="bo-two">
      <span>{first}</span>
      {second ? <span>{second}</span> : null}
    </span>
  )
}
