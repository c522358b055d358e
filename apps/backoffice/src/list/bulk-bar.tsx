import { Button } from '@mantine/core'
import { IconDownload, IconX, type Icon } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

export type BulkAct<Row> = {
  id: string
  label: string
  icon: Icon
  /** The rows it applies to among those ticked; the button tells how many. */
  applies: (row: Row) => boolean
  run: (rows: readonly Row[]) => void
  busy?: boolean
}

/** What can be done with the ticked rows, at the foot of the screen. */
export function BulkBar<Row>({
  rows,
  acts,
  onExport,
  onClear,
}: {
  rows: readonly Row[]
  acts: readonly BulkAct<Row>[]
  onExport: () => void
  onClear: () => void
}) {
  const t = useT()
  return (
    <div className="bo-bulk" role="region" aria-label={t('list.bulk')}>
      <span role="status">{t('list.selected', { count: rows.length })}</span>
      {acts.map(({ id, label, icon: Mark, applies, run, busy }) => {
        const which = rows.filter(applies)
        return (
          <Button
            key={id}
            size="compact-sm"
            leftSection={<Mark size={16} aria-hidden />}
            disabled={which.length === 0}
            loading={busy ?? false}
            onClick={() => run(which)}
          >
            {`${label} (${which.length})`}
          </Button>
        )
      })}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={onExport}
      >
        {t('list.export')}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconX size={16} aria-hidden />}
        onClick={onClear}
      >
        {t('list.unselect')}
      </Button>
    </div>
  )
}
