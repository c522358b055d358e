import type { ReactNode } from 'react'

/**
 * What stands where there is nothing yet: what this place is for and the next step.
 *
 * @param drawing name of one of our drawings (`drawing/spec.ts`), as the server serves it; decorative.
 * @param children the act that fills the place, a button as a rule.
 */
export function EmptyState({
  title,
  hint,
  drawing,
  compact = false,
  children,
}: {
  title: string
  hint?: ReactNode
  drawing?: string
  compact?: boolean
  children?: ReactNode
}) {
  return (
    <div className="ec-empty" data-compact={compact || undefined}>
      {drawing && <img className="ec-empty-drawing" src={`/drawings/${drawing}.svg`} alt="" width={160} height={120} />}
      <p className="ec-empty-title">{title}</p>
      {hint && <p className="ec-empty-hint">{hint}</p>}
      {children && <div className="ec-empty-act">{children}</div>}
    </div>
  )
}
