import { useState } from 'react'
import { Button, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Company } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { RequestList } from './request-list.tsx'

type Rule = Company['approvalRules'][number]

/** Who approves what goes over a limit, in order, and what waits for it. */
export function ApprovalRules({ company }: { company: Company }) {
  const t = useT()
  const can = useCan()
  const [rules, setRules] = useState<readonly Rule[]>(company.approvalRules)
  const deciding = company.members.filter(({ role }) => role !== 'buyer')
  const change = (at: number, patch: Partial<Rule>) =>
    setRules(rules.map((rule, index) => (index === at ? { ...rule, ...patch } : rule)))
  const save = useAct({
    act: () => call(endpoints.putApprovalRules, { params: { companyId: company.id }, body: { rules: [...rules] } }),
    touches: ['/companies'],
    done: () => t('companies.approval.saved'),
  })
  const mayChange = can('customers:write')
  return (
    <div className="bo-stack">
      <Card title={t('companies.approval.rules')}>
        <p className="bo-line bo-quiet">
          {t(rules.length === 0 ? 'companies.approval.any' : 'companies.approval.help')}
        </p>
        <ol className="bo-plain-list">
          {rules.map((rule, index) => (
            <li key={index} className="bo-company-rule">
              <MoneyInput
                label={t('companies.approval.from')}
                value={rule.fromMinor}
                disabled={!mayChange}
                onChange={(value) => change(index, { fromMinor: value ?? 0 })}
              />
              <Select
                label={t('companies.approval.by')}
                data={deciding.map(({ id, name }) => ({ value: id, label: name }))}
                value={rule.memberId}
                disabled={!mayChange}
                allowDeselect={false}
                onChange={(memberId) => memberId && change(index, { memberId })}
              />
              {mayChange && (
                <Button
                  variant="default"
                  px="xs"
                  aria-label={t('companies.approval.drop')}
                  onClick={() => setRules(rules.filter((_, at) => at !== index))}
                >
                  <IconX size={16} aria-hidden />
                </Button>
              )}
            </li>
          ))}
        </ol>
        {mayChange && (
          <RuleActs
            deciding={deciding.length > 0}
            busy={save.isPending}
            onAdd={() => setRules([...rules, { fromMinor: 0, memberId: deciding[0]?.id ?? '' }])}
            onSave={() => save.mutate()}
          />
        )}
      </Card>
      <Card title={t('companies.requests')}>
        <RequestList companyId={company.id} />
      </Card>
    </div>
  )
}

function RuleActs(props: { deciding: boolean; busy: boolean; onAdd: () => void; onSave: () => void }) {
  const t = useT()
  return (
    <div className="bo-company-acts">
      <Button
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={!props.deciding}
        onClick={props.onAdd}
      >
        {t('companies.approval.add')}
      </Button>
      <Button loading={props.busy} onClick={props.onSave}>
        {t('companies.save')}
      </Button>
    </div>
  )
}
