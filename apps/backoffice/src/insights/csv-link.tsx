import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

/** What is shown, as CSV. */
export function CsvLink({
  path,
  asked,
}: {
  path: 'passages' | 'handovers' | 'funnel' | 'cohorts'
  asked: Record<string, string>
}) {
  const t = useT()
  return (
    <Button
      component="a"
      variant="default"
      size="xs"
      leftSection={<IconDownload size={14} aria-hidden />}
      href={`/api/v1/insights/${path}/export?${new URLSearchParams(asked).toString()}`}
      aria-label={`${t('insights.export')} : ${t(`paths.${path}`)}`}
      download
    >
      CSV
    </Button>
  )
}
