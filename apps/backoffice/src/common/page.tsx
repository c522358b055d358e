import type { ReactNode } from 'react'
import { useDocumentTitle } from '@mantine/hooks'
import { IconChevronLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { PageHeader } from '@ecluse/ui/page-header.tsx'

/** A page: its title in the tab and at the top, its acts, and where one came from. */
export function Page({
  title,
  badge,
  summary,
  back,
  acts,
  narrow = false,
  children,
}: {
  title: string
  badge?: ReactNode
  summary?: ReactNode
  back?: { to: string; label: string }
  acts?: ReactNode
  narrow?: boolean
  children: ReactNode
}) {
  useDocumentTitle(`${title} · Écluse`)
  const trail = back && (
    <Link to={back.to} className="bo-breadcrumb">
      <IconChevronLeft size={14} aria-hidden />
      {back.label}
    </Link>
  )
  return (
    <div className="bo-page" data-narrow={narrow || undefined}>
      <PageHeader title={title} badge={badge} trail={trail} summary={summary}>
        {acts}
      </PageHeader>
      {children}
    </div>
  )
}
