import { useState } from 'react'
import { Checkbox, FileInput, Stack, Text } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PriceImport } from '@ecluse/contracts/price-lists.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'

/** Takes entries from a file: tried first, so that what it would do is read before it is done. */
export function ImportForm({ code, onClose }: { code: string; onClose: () => void }) {
  const t = useT()
  const [csv, setCsv] = useState<string | null>(null)
  const [replace, setReplace] = useState(false)
  const [tried, setTried] = useState<PriceImport | null>(null)
  const take = useAct({
    act: (dryRun: boolean, key) =>
      call(
        endpoints.importPriceEntries,
        { params: { code }, body: { csv: csv ?? '', dryRun, replace } },
        { idempotencyKey: key },
      ),
    touches: ['/price-lists'],
    onDone: (answer) => (answer.dryRun || answer.problems.length > 0 ? setTried(answer) : onClose()),
  })
  const sound = tried !== null && tried.problems.length === 0
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (csv !== null) take.mutate(!sound)
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('prices.import.help')}
        </Text>
        <FileInput
          label={t('prices.import.file')}
          accept=".csv,text/csv"
          required
          clearable
          clearButtonProps={{ 'aria-label': t('prices.import.clear') }}
          onChange={(file) => {
            setTried(null)
            setCsv(null)
            void file?.text().then(setCsv)
          }}
        />
        <Checkbox
          label={t('prices.import.replace')}
          checked={replace}
          onChange={(event) => {
            setTried(null)
            setReplace(event.currentTarget.checked)
          }}
        />
        {tried && <Report tried={tried} />}
        <FormEnd
          onCancel={onClose}
          busy={take.isPending}
          label={t(sound ? 'prices.import.take' : 'prices.import.try')}
        />
      </Stack>
    </form>
  )
}

function Report({ tried }: { tried: PriceImport }) {
  const t = useT()
  const { problems, added, changed, same, removed } = tried
  return (
    <div role="status">
      {problems.length > 0 && <p>{t('prices.import.broken', { count: problems.length })}</p>}
      {problems.length === 0 && <p>{t('prices.import.would', { added, changed, same, removed })}</p>}
      {problems.length > 0 && (
        <ul className="bo-plain-list">
          {problems.map(({ line, problem, text }) => (
            <li key={`${line} ${problem}`}>
              {t('prices.import.line', { line })} {t(`prices.import.problem.${problem}`)}
              <br />
              <span className="bo-quiet">{text}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
