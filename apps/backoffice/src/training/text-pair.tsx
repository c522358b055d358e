import { SimpleGrid, Textarea, TextInput } from '@mantine/core'
import type { LocalizedText } from '@ecluse/contracts/scalars.ts'

const languages = { fr: 'français', en: 'English' } as const

/** One text in both languages, side by side. */
export function TextPair({
  label,
  name,
  description,
  value,
  rows = 1,
  max,
  onChange,
}: {
  label: string
  /** What the text belongs to, said before the label where several are alike. */
  name?: string
  description?: string
  value: LocalizedText
  rows?: number
  max: number
  onChange: (value: LocalizedText) => void
}) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      {(['fr', 'en'] as const).map((language) => {
        const given = {
          label: `${label} (${languages[language]})`,
          'aria-label': name === undefined ? undefined : `${name}, ${label} (${languages[language]})`,
          lang: language,
          maxLength: max,
          value: value[language],
          description,
        }
        const set = (text: string) => onChange({ ...value, [language]: text })
        return rows === 1 ? (
          <TextInput key={language} {...given} onChange={(event) => set(event.currentTarget.value)} />
        ) : (
          <Textarea
            key={language}
            {...given}
            autosize
            minRows={rows}
            onChange={(event) => set(event.currentTarget.value)}
          />
        )
      })}
    </SimpleGrid>
  )
}
