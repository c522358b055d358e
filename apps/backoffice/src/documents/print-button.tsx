import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

/** Prints the page as its style sheet lays it out on paper. */
export function PrintButton() {
  const t = useT()
  return (
    <Button
      variant="default"
      className="bo-no-print"
      leftSection={<IconPrinter size={16} aria-hidden />}
      onClick={() => globalThis.print()}
    >
      {t('documents.print')}
    </Button>
  )
}
