import { Group, NumberInput, Radio, Stack, Switch, TextInput } from '@mantine/core'
import type { LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

type Props = { rule: LoyaltyRule; wrong: ReadonlySet<string>; onChange: (rule: LoyaltyRule) => void }

const numberOf = (value: string | number): number => (value === '' ? 0 : Number(value))

/** The name, what is earned, when it counts, how long it lasts, and what it is worth. */
export function RuleFields({ rule, wrong, onChange }: Props) {
  const t = useT()
  const missing = (part: string): string | undefined => (wrong.has(part) ? t('field.required') : undefined)
  return (
    <Card title={t('loyalty.rule')}>
      <Stack gap="md">
        <TextInput
          label={t('loyalty.name.fr')}
          required
          maxLength={80}
          value={rule.name.fr}
          error={rule.name.fr.trim() === '' ? missing('name') : undefined}
          onChange={(event) => onChange({ ...rule, name: { ...rule.name, fr: event.currentTarget.value } })}
        />
        <TextInput
          label={t('loyalty.name.en')}
          required
          maxLength={80}
          value={rule.name.en}
          error={rule.name.en.trim() === '' ? missing('name') : undefined}
          onChange={(event) => onChange({ ...rule, name: { ...rule.name, en: event.currentTarget.value } })}
        />
        <NumberInput
          label={t('loyalty.rate')}
          description={t('loyalty.rate.help')}
          required
          min={1}
          max={100_000}
          allowDecimal={false}
          value={rule.pointsPer100Euros}
          error={missing('pointsPer100Euros')}
          onChange={(value) => onChange({ ...rule, pointsPer100Euros: numberOf(value) })}
        />
        <Radio.Group
          label={t('loyalty.activation')}
          value={rule.activation}
          onChange={(value) => onChange({ ...rule, activation: value === 'received' ? 'received' : 'return_period' })}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="return_period" label={t('loyalty.activation.return_period')} />
            <Radio value="received" label={t('loyalty.activation.received')} />
          </Stack>
        </Radio.Group>
        <NumberInput
          label={t('loyalty.expiry')}
          description={t('loyalty.expiry.help')}
          min={1}
          max={120}
          allowDecimal={false}
          value={rule.expiryMonths ?? ''}
          error={missing('expiryMonths')}
          onChange={(value) => onChange({ ...rule, expiryMonths: value === '' ? null : Number(value) })}
        />
        <RewardFields rule={rule} problem={missing('reward')} onChange={onChange} />
        <ReferralFields rule={rule} problem={missing('referral')} onChange={onChange} />
      </Stack>
    </Card>
  )
}

/** What a member and the friend they bring get. */
function ReferralFields(props: { rule: LoyaltyRule; problem: string | undefined; onChange: Props['onChange'] }) {
  const t = useT()
  const { rule, problem, onChange } = props
  const referral = rule.referral ?? null
  return (
    <Stack gap="sm">
      <Switch
        label={t('loyalty.refer.on')}
        description={t('loyalty.refer.help')}
        checked={referral !== null}
        onChange={({ currentTarget: { checked } }) =>
          onChange({ ...rule, referral: checked ? { sponsorPoints: 200, friendPoints: 100 } : null })
        }
      />
      {referral && (
        <Group grow align="start">
          {(['sponsorPoints', 'friendPoints'] as const).map((name) => (
            <NumberInput
              key={name}
              label={t(name === 'sponsorPoints' ? 'loyalty.refer.sponsor' : 'loyalty.refer.friend')}
              required
              min={1}
              allowDecimal={false}
              value={referral[name] || ''}
              error={problem}
              onChange={(value) => onChange({ ...rule, referral: { ...referral, [name]: numberOf(value) } })}
            />
          ))}
        </Group>
      )}
    </Stack>
  )
}

function RewardFields(props: { rule: LoyaltyRule; problem: string | undefined; onChange: Props['onChange'] }) {
  const t = useT()
  const { rule, problem, onChange } = props
  return (
    <Group grow align="start">
      <NumberInput
        label={t('loyalty.reward.points')}
        required
        min={1}
        allowDecimal={false}
        value={rule.reward.points}
        error={problem}
        onChange={(value) => onChange({ ...rule, reward: { ...rule.reward, points: numberOf(value) } })}
      />
      <MoneyInput
        label={t('loyalty.reward.value')}
        required
        value={rule.reward.valueMinor}
        error={problem}
        onChange={(value) => onChange({ ...rule, reward: { ...rule.reward, valueMinor: value ?? 0 } })}
      />
    </Group>
  )
}
