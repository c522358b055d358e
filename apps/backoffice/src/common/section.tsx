import type { ReactNode } from 'react'

/** A part of a panel under a small heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="bo-section">
      <h3>{title}</h3>
      {children}
    </section>
  )
}
