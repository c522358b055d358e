import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { download, toCsv } from '../list/csv.ts'
import { formats, type Format } from './formats.ts'

/** What each kind of file holds, with an example to start from. */
export function FormatsPage() {
  const t = useT()
  return (
    <Page
      title={t('imports.formats')}
      summary={t('formats.summary')}
      back={{ to: '/imports', label: t('nav.imports') }}
      narrow
    >
      <div className="bo-stack">
        <Card title={t('formats.rules')}>
          <ul className="bo-rules">
            <li>{t('formats.rules.header')}</li>
            <li>{t('formats.rules.separator')}</li>
            <li>{t('formats.rules.encoding')}</li>
            <li>{t('formats.rules.repeat')}</li>
          </ul>
        </Card>
        {formats.map((format) => (
          <FormatCard key={format.kind} format={format} />
        ))}
      </div>
    </Page>
  )
}

function FormatCard({ format }: { format: Format }) {
  const t = useT()
  return (
    <Card
      title={t(`importKind.${format.kind}`)}
      acts={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => download(`${format.kind}.csv`, toCsv(format.example))}
        >
          {t('formats.example')}
        </Button>
      }
    >
      <p className="bo-line">{t(format.help)}</p>
      <table className="bo-mini">
        <thead>
          <tr>
            <th scope="col">{t('issues.field')}</th>
            <th scope="col">{t('formats.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {format.columns.map((column) => (
            <tr key={column.name}>
              <td className="bo-format-name">
                <code>{column.name}</code>
                {column.required && <span className="bo-quiet bo-block">{t('formats.required')}</span>}
              </td>
              <td>{t(column.meaning)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
