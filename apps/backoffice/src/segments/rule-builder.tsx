import { ActionIcon, Button, Menu, SegmentedControl, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { SegmentCondition, SegmentRule } from '@ecluse/contracts/segments.ts'
import { useT } from '../app/i18n.ts'
import { ConditionFields } from './condition-fields.tsx'
import { conditionTypes, freshCondition, replaced, type ConditionType } from './draft.ts'

type Group = SegmentRule['groups'][number]

/** Groups of conditions, each "all of" or "any of", put together by clicking. */
export function RuleBuilder({ rule, onChange }: { rule: SegmentRule; onChange: (rule: SegmentRule) => void }) {
  const t = useT()
  const setGroup = (at: number, next: Group | undefined) =>
    onChange({ ...rule, groups: replaced(rule.groups, at, next) })
  return (
    <div className="bo-stack">
      {rule.groups.length > 1 && (
        <MatchChoice
          value={rule.match}
          label={t('segments.match.groups')}
          onChange={(match) => onChange({ ...rule, match })}
        />
      )}
      {rule.groups.map((group, at) => (
        <GroupCard
          // Groups have no identity but their place.
          key={at}
          group={group}
          title={t('segments.group', { number: at + 1 })}
          onChange={(next) => setGroup(at, next)}
          onRemove={rule.groups.length > 1 ? () => setGroup(at, undefined) : undefined}
        />
      ))}
      <div>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={rule.groups.length >= 10}
          onClick={() =>
            onChange({ ...rule, groups: [...rule.groups, { match: 'all', conditions: [freshCondition('did')] }] })
          }
        >
          {t('segments.addGroup')}
        </Button>
      </div>
    </div>
  )
}

function MatchChoice(props: { value: 'all' | 'any'; label: string; onChange: (match: 'all' | 'any') => void }) {
  const t = useT()
  return (
    <SegmentedControl
      aria-label={props.label}
      data={(['all', 'any'] as const).map((value) => ({ value, label: t(`segments.match.${value}`) }))}
      value={props.value}
      onChange={(value) => props.onChange(value === 'any' ? 'any' : 'all')}
    />
  )
}

type GroupProps = { group: Group; title: string; onChange: (group: Group) => void; onRemove?: (() => void) | undefined }

function GroupCard({ group, title, onChange, onRemove }: GroupProps) {
  const t = useT()
  const { conditions } = group
  const set = (at: number, next: SegmentCondition | undefined) =>
    onChange({ ...group, conditions: replaced(conditions, at, next) })
  return (
    <section className="bo-card bo-segment-group" aria-label={title}>
      <div className="bo-card-head">
        <h2>{title}</h2>
        {conditions.length > 1 && (
          <MatchChoice value={group.match} label={title} onChange={(match) => onChange({ ...group, match })} />
        )}
        {onRemove && (
          <ActionIcon
            variant="subtle"
            size={32}
            aria-label={t('segments.removeGroup', { name: title })}
            onClick={onRemove}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <ul className="bo-segment-conditions">
        {conditions.map((condition, at) => (
          <ConditionItem
            key={at}
            condition={condition}
            number={at + 1}
            onChange={(next) => set(at, next)}
            onRemove={conditions.length > 1 ? () => set(at, undefined) : undefined}
          />
        ))}
      </ul>
      <AddCondition
        disabled={conditions.length >= 20}
        onAdd={(type) => onChange({ ...group, conditions: [...conditions, freshCondition(type)] })}
      />
    </section>
  )
}

function AddCondition({ disabled, onAdd }: { disabled: boolean; onAdd: (type: ConditionType) => void }) {
  const t = useT()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} disabled={disabled}>
          {t('segments.addCondition')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {conditionTypes.map((type) => (
          <Menu.Item key={type} onClick={() => onAdd(type)}>
            {t(`segments.type.${type}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

type ItemProps = {
  condition: SegmentCondition
  number: number
  onChange: (condition: SegmentCondition) => void
  onRemove?: (() => void) | undefined
}

function ConditionItem({ condition, number, onChange, onRemove }: ItemProps) {
  const t = useT()
  return (
    <li className="bo-segment-condition">
      <div className="bo-segment-fields">
        <Select
          label={t('segments.type')}
          allowDeselect={false}
          data={conditionTypes.map((value) => ({ value, label: t(`segments.type.${value}`) }))}
          value={condition.type}
          onChange={(type) => type && onChange(freshCondition(type))}
        />
        <Select
          label={t('segments.sense')}
          allowDeselect={false}
          data={[
            { value: 'false', label: t('segments.sense.is') },
            { value: 'true', label: t('segments.sense.not') },
          ]}
          value={String(condition.not)}
          onChange={(not) => onChange({ ...condition, not: not === 'true' })}
        />
        <ConditionFields condition={condition} onChange={onChange} />
      </div>
      {onRemove && (
        <ActionIcon
          variant="subtle"
          size={32}
          aria-label={t('segments.removeCondition', { number })}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}
