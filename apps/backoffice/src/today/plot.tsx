import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconTable } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { download, fileName, toCsv } from '../list/csv.ts'

/** A plot as every plot is: a question, its answer in a sentence, the drawing, and the table and CSV behind it. */
export function Plot({
  question,
  answer,
  file,
  table,
  children,
}: {
  question: string
  answer: string
  file: string
  /** Head first. */
  table: readonly (readonly (string | number)[])[]
  children: ReactNode
}) {
  const t = useT()
  const [opened, { toggle }] = useDisclosure(false)
  return (
    <Card title={question}>
      <p className="bo-plot-answer">{answer}</p>
      {children}
      <div className="bo-plot-acts">
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconTable size={14} aria-hidden />}
          aria-expanded={opened}
          onClick={toggle}
        >
          {opened ? t('plot.hideTable') : t('plot.showTable')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => download(fileName(file), toCsv(table))}
        >
          {t('list.export')}
        </Button>
      </div>
      {opened && <PlotTable label={question} table={table} />}
    </Card>
  )
}

/** The figures behind a plot, for those who read them rather than see them. */
function PlotTable({ label, table }: { label: string; table: readonly (readonly (string | number)[])[] }) {
  const [head = [], ...rows] = table
  return (
    <div className="bo-scroll-x bo-plot-table" tabIndex={0} role="group" aria-label={label}>
      <table className="bo-mini">
        <thead>
          <tr>
            {head.map((name, index) => (
              <th key={name} scope="col" data-end={index > 0 || undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={String(row[0])}>
              {row.map((cell, index) => (
                <td key={index} data-end={index > 0 || undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
