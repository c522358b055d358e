import { useState } from 'react'
import { ActionIcon, Button, Fieldset, Group, SimpleGrid, TextInput } from '@mantine/core'
import { IconPlus, IconTrash, IconX } from '@tabler/icons-react'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { slugOf, type DraftOption } from './draft.ts'
import type { EditorProps } from './editor-props.ts'

const mostOptions = 3

/** What a product varies in: up to three options, each with its values in both languages. */
export function OptionsPart({ draft, change, errors }: EditorProps) {
  const t = useT()
  const { options } = draft
  const replace = (index: number, option: DraftOption) =>
    change({ options: options.map((one, i) => (i === index ? option : one)) })
  const removeOption = (index: number) => {
    const before = { options, variants: draft.variants }
    const gone = options[index]
    if (!gone) return
    const variants = draft.variants.map(({ options: { [gone.code]: _removed, ...rest }, ...variant }) => ({
      ...variant,
      options: rest,
    }))
    change({ options: options.filter((_, i) => i !== index), variants })
    tellDone(t('options.removed'), { label: t('app.undo'), run: () => change(before) })
  }
  const removeValue = (index: number, code: string) => {
    const option = options[index]
    if (!option) return
    const before = { options, variants: draft.variants }
    const variants = draft.variants.filter((variant) => variant.options[option.code] !== code)
    change({
      options: options.map((one, i) =>
        i === index ? { ...one, values: one.values.filter((value) => value.code !== code) } : one,
      ),
      variants,
    })
    const count = draft.variants.length - variants.length
    tellDone(t('options.valueRemoved', { count }), { label: t('app.undo'), run: () => change(before) })
  }
  return (
    <>
      {options.map((option, index) => (
        <Fieldset key={option.code} legend={option.name.fr || t('options.one')} mb="md">
          <OptionFields
            option={option}
            index={index}
            errors={errors}
            onChange={(next) => replace(index, next)}
            onRemoveValue={(code) => removeValue(index, code)}
          />
          <Button
            mt="sm"
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => removeOption(index)}
          >
            {t('options.remove', { name: option.name.fr })}
          </Button>
        </Fieldset>
      ))}
      {options.length < mostOptions && (
        <AddNamed
          label={t('options.add')}
          placeholder={t('options.add.example')}
          taken={options.map(({ code }) => code)}
          onAdd={(name, code) => change({ options: [...options, { code, name: { fr: name, en: '' }, values: [] }] })}
        />
      )}
    </>
  )
}

function OptionFields({
  option,
  index,
  errors,
  onChange,
  onRemoveValue,
}: {
  option: DraftOption
  index: number
  errors: EditorProps['errors']
  onChange: (option: DraftOption) => void
  onRemoveValue: (code: string) => void
}) {
  const t = useT()
  return (
    <>
      <SimpleGrid cols={2} spacing="sm" mb="sm">
        <TextInput
          label={t('options.name.fr')}
          lang="fr"
          value={option.name.fr}
          error={errors[`options.${index}.name.fr`]}
          onChange={(event) => onChange({ ...option, name: { ...option.name, fr: event.currentTarget.value } })}
        />
        <TextInput
          label={t('options.name.en')}
          lang="en"
          value={option.name.en}
          onChange={(event) => onChange({ ...option, name: { ...option.name, en: event.currentTarget.value } })}
        />
      </SimpleGrid>
      <OptionValues option={option} onChange={onChange} onRemoveValue={onRemoveValue} />
      <AddNamed
        label={t('options.value.add', { name: option.name.fr })}
        placeholder={t('options.value.add.example')}
        error={errors[`options.${index}.values`]}
        taken={option.values.map(({ code }) => code)}
        onAdd={(name, code) =>
          onChange({ ...option, values: [...option.values, { code, name: { fr: name, en: '' } }] })
        }
      />
    </>
  )
}

/** The values of an option, in both languages. */
function OptionValues({
  option,
  onChange,
  onRemoveValue,
}: {
  option: DraftOption
  onChange: (option: DraftOption) => void
  onRemoveValue: (code: string) => void
}) {
  const t = useT()
  return (
    <ul className="bo-plain-list">
      {option.values.map((value) => (
        <li key={value.code}>
          <Group gap="sm" wrap="nowrap">
            {(['fr', 'en'] as const).map((locale) => (
              <TextInput
                key={locale}
                className="bo-grow"
                size="xs"
                lang={locale}
                aria-label={t(locale === 'fr' ? 'options.value.fr' : 'options.value.en', { code: value.name.fr })}
                placeholder={locale === 'en' ? t('options.value.placeholder') : undefined}
                value={value.name[locale]}
                onChange={(event) => {
                  const name = { ...value.name, [locale]: event.currentTarget.value }
                  onChange({
                    ...option,
                    values: option.values.map((one) => (one === value ? { ...one, name } : one)),
                  })
                }}
              />
            ))}
            <ActionIcon
              aria-label={t('options.value.remove', { name: value.name.fr })}
              onClick={() => onRemoveValue(value.code)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </li>
      ))}
    </ul>
  )
}

/** One field and Enter: adds something known by its French name. */
function AddNamed({
  label,
  placeholder,
  error,
  taken,
  onAdd,
}: {
  label: string
  placeholder: string
  error?: string | undefined
  taken: readonly string[]
  onAdd: (name: string, code: string) => void
}) {
  const t = useT()
  const [name, setName] = useState('')
  const code = slugOf(name).slice(0, 40).replace(/-$/, '')
  const twice = code !== '' && taken.includes(code)
  const add = () => {
    if (code === '' || twice) return
    onAdd(name.trim(), code)
    setName('')
  }
  return (
    <Group gap="sm" align="end" wrap="nowrap" mt="sm">
      <TextInput
        className="bo-grow"
        label={label}
        placeholder={placeholder}
        value={name}
        error={twice ? t('options.twice') : error}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
      <Button
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={code === '' || twice}
        onClick={add}
      >
        {t('options.addButton')}
      </Button>
    </Group>
  )
}
