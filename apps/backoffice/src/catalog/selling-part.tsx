import { Button, Checkbox, Group, Select, TextInput } from '@mantine/core'
import { goodsKinds, vatClasses } from '@ecluse/contracts/scalars.ts'
import { numberOfException, withdrawalExceptions } from '@ecluse/contracts/withdrawal-exceptions.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { toLocalTime } from '../common/local-time.ts'
import { useChannelName, useChannels } from '../network/use-channels.ts'
import type { Draft } from './draft.ts'
import type { EditorProps } from './editor-props.ts'

type Publication = Draft['publications'][number]

/** What can be sold today, and what the product was said to be. */
const soldKinds = (kind: Draft['kind']) =>
  goodsKinds.filter((known) => known === 'physical' || known === 'digital' || known === kind)

/** What the product is, and why its purchase cannot be withdrawn from, if the law says so. */
function Nature({ draft, change }: Pick<EditorProps, 'draft' | 'change'>) {
  const t = useT()
  return (
    <>
      <Select
        label={t('product.kind')}
        description={draft.kind === 'digital' ? t('product.kind.digital.help') : undefined}
        data={soldKinds(draft.kind).map((value) => ({ value, label: t(`product.kind.${value}`) }))}
        value={draft.kind}
        allowDeselect={false}
        onChange={(value) => change({ kind: goodsKinds.find((known) => known === value) ?? 'physical' })}
        mb="md"
      />
      <Select
        label={t('product.withdrawal')}
        description={t('product.withdrawal.help')}
        placeholder={t('product.withdrawal.none')}
        data={withdrawalExceptions.map((value) => ({
          value,
          label: t(`withdrawalException.${value}`, { number: numberOfException[value] }),
        }))}
        value={draft.withdrawalException ?? null}
        clearable
        clearButtonProps={{ 'aria-label': t('product.withdrawal.clear') }}
        onChange={(value) =>
          change({ withdrawalException: withdrawalExceptions.find((known) => known === value) ?? null })
        }
        mb="md"
      />
    </>
  )
}

/** What the product is, where and when it is sold, and its VAT class. */
export function SellingPart({ draft, change, errors }: EditorProps) {
  const t = useT()
  const channels = useChannels().filter(({ sells }) => sells)
  const channelName = useChannelName()
  const { publications } = draft
  const set = (channelCode: string, publication: Publication | null) => {
    const others = publications.filter((one) => one.channelCode !== channelCode)
    change({ publications: publication ? [...others, publication] : others })
  }
  const all = channels.length > 0 && channels.every(({ code }) => publications.some((one) => one.channelCode === code))
  return (
    <Card title={t('product.selling')}>
      <Nature draft={draft} change={change} />
      <Select
        label={t('product.vatClass')}
        data={vatClasses.map((value) => ({ value, label: t(`vatClass.${value}`) }))}
        value={draft.vatClass}
        onChange={(value) => change({ vatClass: vatClasses.find((known) => known === value) ?? 'standard' })}
        mb="md"
      />
      <Group justify="space-between" mb="xs">
        <span className="bo-quiet" id="publications">
          {t('product.publications')}
        </span>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() =>
            change({
              publications: all
                ? []
                : channels.map(
                    ({ code }) =>
                      publications.find((one) => one.channelCode === code) ?? {
                        channelCode: code,
                        from: null,
                        until: null,
                      },
                  ),
            })
          }
        >
          {all ? t('product.publications.nowhere') : t('product.publications.everywhere')}
        </Button>
      </Group>
      <ul className="bo-plain-list" aria-labelledby="publications">
        {channels.map(({ code }) => (
          <li key={code}>
            <ChannelPublication
              name={channelName(code)}
              code={code}
              publication={publications.find((one) => one.channelCode === code) ?? null}
              onChange={(publication) => set(code, publication)}
            />
          </li>
        ))}
      </ul>
      {errors['publications'] && <span className="bo-error">{errors['publications']}</span>}
    </Card>
  )
}

function ChannelPublication({
  name,
  code,
  publication,
  onChange,
}: {
  name: string
  code: string
  publication: Publication | null
  onChange: (publication: Publication | null) => void
}) {
  const t = useT()
  const dated =
    publication !== null &&
    [publication.from, publication.until, publication.opensAt ?? null].some((one) => one !== null)
  return (
    <>
      <Group justify="space-between" gap="sm" wrap="nowrap" mih={28}>
        <Checkbox
          label={name}
          checked={publication !== null}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? { channelCode: code, from: null, until: null } : null)
          }
        />
        {publication && !dated && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={t('product.publications.dates.of', { name })}
            onClick={() => onChange({ ...publication, from: startOfToday() })}
          >
            {t('product.publications.dates')}
          </Button>
        )}
      </Group>
      {publication && dated && (
        <Group gap="sm" pl={28} grow>
          <DateField
            label={t('product.publications.from', { name })}
            shown={t('product.from')}
            value={publication.from}
            onChange={(from) => onChange({ ...publication, from })}
          />
          <DateField
            label={t('product.publications.until', { name })}
            shown={t('product.until')}
            value={publication.until}
            onChange={(until) => onChange({ ...publication, until })}
          />
          <DateField
            label={t('product.publications.opens', { name })}
            shown={t('product.opens')}
            help={t('product.opens.help')}
            value={publication.opensAt ?? null}
            onChange={(opensAt) => onChange({ ...publication, opensAt })}
          />
        </Group>
      )}
    </>
  )
}

function DateField({
  label,
  shown,
  help,
  value,
  onChange,
}: {
  label: string
  shown: string
  help?: string
  value: string | null
  onChange: (value: string | null) => void
}) {
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      label={shown}
      description={help}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      aria-label={label}
      value={value ? toLocalTime(value) : ''}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' ? null : new Date(event.currentTarget.value).toISOString())
      }
    />
  )
}

function startOfToday(): string {
  const date = new Date()
  date.setHours(0, 0, 0, 0)
  return date.toISOString()
}
