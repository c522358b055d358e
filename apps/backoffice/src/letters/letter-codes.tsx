import { useRef, useState } from 'react'
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { readLetterCode } from '@ecluse/contracts/letter-code.ts'
import { letterReturnReasons, type LetterReturnReason } from '@ecluse/contracts/letters.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

/** What comes back of letters: their code is scanned or typed, one after the other, as an answer or as returned mail. */
export function LetterCodes() {
  const t = useT()
  const [code, setCode] = useState('')
  const [reason, setReason] = useState<LetterReturnReason>('npai')
  const [wrong, setWrong] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const next = () => {
    setCode('')
    field.current?.focus()
  }
  const back = useAct({
    act: () => call(endpoints.returnLetter, { body: { code, reason } }),
    touches: ['/letter-batches', '/dead-addresses', '/messages'],
    done: ({ name, news }) => t(news ? 'letters.returned' : 'letters.known', { name }),
    onDone: next,
  })
  const answer = useAct({
    act: () => call(endpoints.noteLetterAnswer, { body: { code } }),
    touches: ['/letter-batches', '/answers'],
    done: ({ name, news }) => t(news ? 'letters.answered' : 'letters.known', { name }),
    onDone: next,
  })
  const tell = (act: typeof back) => {
    const right = readLetterCode(code) !== null
    setWrong(!right)
    if (right) act.mutate()
    else field.current?.focus()
  }
  return (
    <Card title={t('letters.codes')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          tell(back)
        }}
      >
        <Stack gap="md">
          <TextInput
            ref={field}
            label={t('letters.code')}
            description={t('letters.code.help')}
            placeholder="LT-XXXX-XXXX"
            autoComplete="off"
            maxLength={300}
            value={code}
            error={wrong ? t('letters.code.wrong') : undefined}
            onChange={(event) => {
              setCode(event.currentTarget.value)
              setWrong(false)
            }}
          />
          <Reasons reason={reason} onChange={setReason} />
          <Group gap="xs">
            <Button type="submit" variant="default" loading={back.isPending}>
              {t('letters.return')}
            </Button>
            <Button variant="default" loading={answer.isPending} onClick={() => tell(answer)}>
              {t('letters.answer')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}

function Reasons({ reason, onChange }: { reason: LetterReturnReason; onChange: (reason: LetterReturnReason) => void }) {
  const t = useT()
  return (
    <NativeSelect
      label={t('letters.reason')}
      data={letterReturnReasons.map((value) => ({ value, label: t(`letters.reason.${value}`) }))}
      value={reason}
      onChange={(event) => onChange(letterReturnReasons.find((one) => one === event.currentTarget.value) ?? 'other')}
    />
  )
}
