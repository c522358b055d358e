import type { ReactNode } from 'react'

/**
 * The head of a page: its only `h1`, a line that says what is in it, and its acts.
 *
 * @param trail links to where the reader came from.
 * @param badge state of the thing shown.
 */
export function PageHeader({
  title,
  badge,
  trail,
  summary,
  children,
}: {
  title: ReactNode
  badge?: ReactNode
  trail?: ReactNode
  summary?: ReactNode
  children?: ReactNode
}) {
  return (
    <header className="ec-page-header">
      <div className="ec-page-header-words">
        {trail && <div className="ec-page-header-trail">{trail}</div>}
        <div className="ec-page-header-title">
          <h1>{title}</h1>
          {badge}
        </div>
        {summary && <p className="ec-page-header-summary">{summary}</p>}
      </div>
      {children && <div className="ec-page-header-acts">{children}</div>}
    </header>
  )
}
