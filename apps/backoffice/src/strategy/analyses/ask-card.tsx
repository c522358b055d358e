import type { FormEvent, ReactNode } from 'react'
import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FormProblem } from '../../common/form-problem.tsx'
import './analyses.css'

/** A question in words, its settings, and the button that has it answered; who may not ask sees the question only. */
export function AskCard({
  title,
  help,
  submit,
  problem,
  busy,
  children,
}: {
  title: string
  help: string
  submit: (event: FormEvent<HTMLFormElement>) => void
  problem: unknown
  busy: boolean
  children: ReactNode
}) {
  const t = useT()
  const can = useCan()
  return (
    <Card title={title}>
      <p className="bo-line bo-quiet">{help}</p>
      {can('strategy:write') && (
        <form noValidate onSubmit={submit}>
          <FormProblem error={problem} />
          <div className="bo-ask-fields">{children}</div>
          <Button type="submit" loading={busy} leftSection={<IconPlayerPlay size={16} aria-hidden />}>
            {t('analysis.ask')}
          </Button>
        </form>
      )}
    </Card>
  )
}
