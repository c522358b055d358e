import { useState, type FormEvent } from 'react'
import { TextInput } from '@mantine/core'
import { IconAlertTriangle, IconBarcode, IconCircleCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PickingRound } from '@ecluse/contracts/picking.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call, messageOf, newIdempotencyKey } from '@ecluse/ui/staff/api.ts'
import { CameraButton } from '@ecluse/ui/staff/scan/camera-button.tsx'
import { CameraScan } from '@ecluse/ui/staff/scan/camera-scan.tsx'
import { useT } from '../app/i18n.ts'
import { sound } from './tones.ts'

type Said = { right: true; name: string; tray: number; left: number } | { right: false; text: string }

/** The field that picks: each scan is one unit into the tray it tells; a wrong article is told, shown and heard. */
export function PickScan({ round }: { round: PickingRound }) {
  const t = useT()
  const { locale } = useLocale()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [said, setSaid] = useState<Said | null>(null)
  const [filming, setFilming] = useState(false)
  const scan = async (code: string): Promise<void> => {
    const params = { roundId: round.id }
    try {
      const done = await call(endpoints.scanPick, { params, body: { code } }, { idempotencyKey: newIdempotencyKey() })
      queries.setQueryData(apiQuery(endpoints.getPickingRound, { params, query: { locale } }).queryKey, done.round)
      setSaid({
        right: true,
        name: [done.name, done.number].filter(Boolean).join(' · '),
        tray: done.tray,
        left: done.left,
      })
      sound(true)
    } catch (error) {
      setSaid({ right: false, text: messageOf(error) })
      sound(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const code = text.trim()
    setText('')
    if (code !== '') void scan(code)
  }
  return (
    <div className="bo-pick-scan">
      <form onSubmit={submit}>
        <TextInput
          label={t('picking.scan')}
          size="md"
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="done"
          leftSection={<IconBarcode size={20} stroke={1.5} aria-hidden />}
          rightSectionWidth={52}
          rightSection={<CameraButton onOpen={() => setFilming(true)} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
      <div role="status" className="bo-pick-said" data-wrong={said?.right === false || undefined}>
        <PickSaid said={said} />
      </div>
      {filming && (
        <CameraScan
          stays
          said={
            <span className="bo-pick-said" data-wrong={said?.right === false || undefined}>
              <PickSaid said={said} />
            </span>
          }
          onCode={(code) => void scan(code)}
          onClose={() => setFilming(false)}
        />
      )}
    </div>
  )
}

/** What became of the last scan: the tray it goes into, or what is wrong. */
function PickSaid({ said }: { said: Said | null }) {
  const t = useT()
  return (
    <>
      {said === null && <span className="bo-quiet">{t('picking.scan.help')}</span>}
      {said?.right === false && (
        <>
          <IconAlertTriangle aria-hidden /> {said.text}
        </>
      )}
      {said?.right && (
        <>
          <IconCircleCheck aria-hidden />
          <span>
            <strong>{t('picking.tray', { tray: said.tray })}</strong>{' '}
            {t('picking.taken', { name: said.name, left: said.left })}
          </span>
        </>
      )}
    </>
  )
}
