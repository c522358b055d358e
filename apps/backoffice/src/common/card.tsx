import { useId, type ReactNode } from 'react'

/** A titled part of a page. */
export function Card({ title, acts, children }: { title: string; acts?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="bo-card" aria-labelledby={id}>
      <div className="bo-card-head">
        <h2 id={id}>{title}</h2>
        {acts}
      </div>
      {children}
    </section>
  )
}
