import { Button, Kbd } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '../app/i18n.ts'
import { useKey } from '../app/keys.ts'

/** After a sale or a return: on to the next customer with Enter, or the paper first with P. */
export function PaperActs({ next, print }: { next: string; print: string }) {
  const t = useT()
  const navigate = useNavigate()
  useKey('p', () => window.print())
  return (
    <>
      <Button
        size="xl"
        fullWidth
        autoFocus
        rightSection={<Kbd aria-hidden>{t('key.enter')}</Kbd>}
        onClick={() => void navigate({ to: '/' })}
      >
        {next}
      </Button>
      <Button
        size="lg"
        fullWidth
        variant="default"
        leftSection={<IconPrinter size={20} aria-hidden />}
        rightSection={<Kbd aria-hidden>P</Kbd>}
        onClick={() => window.print()}
      >
        {print}
      </Button>
    </>
  )
}
