import { useState } from 'react'
import { Button, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { IconMailPlus } from '@tabler/icons-react'
import { companyRoles, type Company, type CompanyMember } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { limit } from './company-sites.tsx'

/** Who buys for a company, and within which limits. */
export function CompanyPeople({ company }: { company: Company }) {
  const t = useT()
  const can = useCan()
  const [open, setOpen] = useState<CompanyMember | 'new' | null>(null)
  const invite = can('customers:write') && (
    <Button leftSection={<IconMailPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
      {t('companies.person.invite')}
    </Button>
  )
  return (
    <div className="bo-stack">
      {company.members.length === 0 ? (
        <EmptyState title={t('companies.person.none')} hint={t('companies.person.none.help')}>
          {invite}
        </EmptyState>
      ) : (
        <>
          <div>{invite}</div>
          {company.members.map((member) => (
            <Person key={member.id} company={company} member={member} onEdit={() => setOpen(member)} />
          ))}
        </>
      )}
      {open && (
        <SidePanel
          itemKey={open === 'new' ? 'new' : open.id}
          title={open === 'new' ? t('companies.person.invite') : open.name}
          onClose={() => setOpen(null)}
        >
          <PersonForm company={company} member={open === 'new' ? null : open} onClose={() => setOpen(null)} />
        </SidePanel>
      )}
    </div>
  )
}

function Person({ company, member, onEdit }: { company: Company; member: CompanyMember; onEdit: () => void }) {
  const t = useT()
  const can = useCan()
  const remove = useAct({
    act: () => call(endpoints.removeCompanyMember, { params: { companyId: company.id, memberId: member.id } }),
    touches: ['/companies'],
    done: () => t('companies.person.removed', { name: member.name }),
  })
  const sites = member.siteIds.flatMap((id) => company.sites.find((site) => site.id === id)?.name ?? [])
  return (
    <Card
      title={member.name}
      acts={
        can('customers:write') && (
          <>
            <Button size="compact-sm" variant="default" onClick={onEdit}>
              {t('companies.edit')}
            </Button>
            <Button size="compact-sm" variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('companies.person.remove')}
            </Button>
          </>
        )
      }
    >
      <p className="bo-line">
        <StateBadge tone={member.state === 'active' ? 'done' : 'waiting'}>
          {t(`companies.person.${member.state}`)}
        </StateBadge>
      </p>
      <Facts
        facts={[
          [t('door.email'), member.email],
          [t('companies.role'), t(`companies.role.${member.role}`)],
          [t('companies.sites'), sites.length === 0 ? t('companies.person.allSites') : sites.join(', ')],
          [t('companies.orderLimit'), limit(member.orderLimitMinor)],
          [t('companies.monthLimit'), limit(member.monthLimitMinor)],
        ]}
      />
    </Card>
  )
}

function PersonForm({
  company,
  member,
  onClose,
}: {
  company: Company
  member: CompanyMember | null
  onClose: () => void
}) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: {
      email: member?.email ?? '',
      name: member?.name ?? '',
      role: member?.role ?? 'buyer',
      siteIds: member?.siteIds ?? [],
      orderLimitMinor: member?.orderLimitMinor ?? null,
      monthLimitMinor: member?.monthLimitMinor ?? null,
      locale: company.locale,
    },
    schema: endpoints.inviteCompanyMember.body,
    send: ({ email, locale, ...rights }, idempotencyKey) =>
      member
        ? call(endpoints.updateCompanyMember, { params: { companyId: company.id, memberId: member.id }, body: rights })
        : call(
            endpoints.inviteCompanyMember,
            { params: { companyId: company.id }, body: { email, locale, ...rights } },
            { idempotencyKey },
          ),
    onDone: () => {
      if (!member) tellDone(t('companies.person.invitedNow', { email: form.values.email }))
      void refresh('/companies')
      onClose()
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('customers.name')} {...form.getInputProps('name')} />
        <TextInput label={t('door.email')} type="email" disabled={member !== null} {...form.getInputProps('email')} />
        <Select
          label={t('companies.role')}
          description={t('companies.role.help')}
          data={companyRoles.map((value) => ({ value, label: t(`companies.role.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('role')}
        />
        <MultiSelect
          label={t('companies.sites')}
          description={t('companies.person.sites.help')}
          data={company.sites.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('siteIds')}
        />
        <MoneyInput
          label={t('companies.orderLimit')}
          description={t('companies.limit.help')}
          value={form.values.orderLimitMinor}
          onChange={(value) => form.setFieldValue('orderLimitMinor', value)}
        />
        <MoneyInput
          label={t('companies.monthLimit')}
          value={form.values.monthLimitMinor}
          onChange={(value) => form.setFieldValue('monthLimitMinor', value)}
        />
        <FormEnd onCancel={onClose} busy={busy} label={t(member ? 'companies.save' : 'companies.person.send')} />
      </Stack>
    </form>
  )
}
