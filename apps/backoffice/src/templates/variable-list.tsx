import { ActionIcon, Button, ColorInput, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { variableNameSchema, type MailContent } from '@ecluse/contracts/mail-templates.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { replaced } from '../segments/draft.ts'

type Props = { content: MailContent; onChange: (content: MailContent) => void }

/** What whoever sends the message fills in, each with an example for the preview; and the colour of buttons. */
export function VariableList({ content, onChange }: Props) {
  const t = useT()
  const { variables } = content
  const set = (next: MailContent['variables']) => onChange({ ...content, variables: next })
  return (
    <Card title={t('templates.variables')}>
      <p className="bo-line bo-quiet">{t('templates.variables.help')}</p>
      <ul className="bo-blocks">
        {variables.map((variable, at) => (
          <li key={at} className="bo-variable">
            <TextInput
              label={t('templates.variable.name')}
              autoComplete="off"
              value={variable.name}
              error={variableNameSchema.safeParse(variable.name).success ? undefined : t('templates.variable.wrong')}
              onChange={(event) => set(replaced(variables, at, { ...variable, name: event.currentTarget.value }))}
            />
            <TextInput
              label={t('templates.variable.sample')}
              autoComplete="off"
              maxLength={200}
              value={variable.sample}
              onChange={(event) => set(replaced(variables, at, { ...variable, sample: event.currentTarget.value }))}
            />
            <ActionIcon
              variant="subtle"
              color="coral"
              aria-label={t('templates.variable.remove', { name: variable.name })}
              onClick={() => set(replaced(variables, at, undefined))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        size="xs"
        mb="md"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => set([...variables, { name: `champ_${variables.length + 1}`, sample: '' }])}
      >
        {t('templates.variable.add')}
      </Button>
      <ColorInput
        label={t('templates.accent')}
        description={t('templates.accent.help')}
        format="hex"
        value={content.accent ?? ''}
        eyeDropperButtonProps={{ 'aria-label': t('templates.accent.pick') }}
        onChange={(colour) =>
          onChange({ ...content, accent: /^#[0-9a-f]{6}$/i.test(colour) ? colour.toLowerCase() : null })
        }
      />
    </Card>
  )
}
