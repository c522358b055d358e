import type { ReactNode } from 'react'

/** A part that opens by mouse, touch or keyboard: the browser's own. */
export function Disclosure({ label, open, children }: { label: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="bo-disclosure" open={open}>
      <summary>{label}</summary>
      {children}
    </details>
  )
}
