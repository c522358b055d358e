import { useState } from 'react'
import { Button, Checkbox, Stack, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Company, CompanySite } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { PhoneLink } from '../common/phone-link.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** Where a company has goods delivered. */
export function CompanySites({ company }: { company: Company }) {
  const t = useT()
  const can = useCan()
  const [open, setOpen] = useState<CompanySite | 'new' | null>(null)
  const add = can('customers:write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
      {t('companies.site.add')}
    </Button>
  )
  return (
    <div className="bo-stack">
      {company.sites.length === 0 ? (
        <EmptyState title={t('companies.site.none')} hint={t('companies.site.none.help')}>
          {add}
        </EmptyState>
      ) : (
        <>
          <div>{add}</div>
          {company.sites.map((site) => (
            <Card
              key={site.id}
              title={site.name}
              acts={
                can('customers:write') && (
                  <Button size="compact-sm" variant="default" onClick={() => setOpen(site)}>
                    {t('companies.edit')}
                  </Button>
                )
              }
            >
              {!site.active && <StateBadge tone="neutral">{t('companies.inactive')}</StateBadge>}
              <SiteFacts site={site} />
            </Card>
          ))}
        </>
      )}
      {open && (
        <SidePanel
          itemKey={open === 'new' ? 'new' : open.id}
          title={open === 'new' ? t('companies.site.add') : open.name}
          onClose={() => setOpen(null)}
        >
          <SiteForm company={company} site={open === 'new' ? null : open} onClose={() => setOpen(null)} />
        </SidePanel>
      )}
    </div>
  )
}

function SiteFacts({ site }: { site: CompanySite }) {
  const t = useT()
  const { address } = site
  return (
    <Facts
      facts={[
        [
          t('orders.address'),
          [address.name, address.street, address.street2, `${address.postalCode} ${address.locality}`]
            .filter(Boolean)
            .join(', '),
        ],
        [t('companies.siret'), site.siret],
        [t('companies.site.contact'), site.contactName],
        [t('door.email'), site.contactEmail],
        [t('customers.phone'), site.contactPhone && <PhoneLink phone={site.contactPhone} />],
        [t('companies.site.instructions'), site.instructions],
        [t('companies.monthLimit'), limit(site.monthLimitMinor)],
      ]}
    />
  )
}

/** A limit as an amount; nothing where there is none. */
export function limit(amountMinor: number | null) {
  return amountMinor === null ? null : <Money value={{ amountMinor, currency: 'EUR' }} vat="included" />
}

const valuesOf = (site: CompanySite | null) => ({
  name: site?.name ?? '',
  siret: site?.siret ?? '',
  address: {
    name: site?.address.name ?? '',
    street: site?.address.street ?? '',
    street2: site?.address.street2 ?? '',
    postalCode: site?.address.postalCode ?? '',
    locality: site?.address.locality ?? '',
  },
  contactName: site?.contactName ?? '',
  contactEmail: site?.contactEmail ?? '',
  contactPhone: site?.contactPhone ?? '',
  instructions: site?.instructions ?? '',
  monthLimitMinor: site?.monthLimitMinor ?? null,
  active: site?.active ?? true,
})

function SiteForm({ company, site, onClose }: { company: Company; site: CompanySite | null; onClose: () => void }) {
  const t = useT()
  const params = { companyId: company.id }
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: valuesOf(site),
    schema: endpoints.createCompanySite.body,
    toBody: (values) => ({
      ...values,
      address: { ...values.address, name: values.address.name || company.name, country: site?.address.country ?? 'FR' },
      siret: values.siret || null,
      contactName: values.contactName || null,
      contactEmail: values.contactEmail || null,
      contactPhone: values.contactPhone || null,
    }),
    send: (body, idempotencyKey) =>
      site
        ? call(endpoints.updateCompanySite, { params: { ...params, siteId: site.id }, body })
        : call(endpoints.createCompanySite, { params, body }, { idempotencyKey }),
    onDone: () => {
      void refresh('/companies')
      onClose()
    },
  })
  const field = (name: string, label: string) => <TextInput label={label} {...form.getInputProps(name)} />
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        {field('name', t('companies.site.name'))}
        {field('address.name', t('companies.site.addressee'))}
        {field('address.street', t('companies.site.street'))}
        {field('address.street2', t('companies.site.street2'))}
        {field('address.postalCode', t('companies.site.postalCode'))}
        {field('address.locality', t('companies.site.locality'))}
        {field('siret', t('companies.siret'))}
        {field('contactName', t('companies.site.contact'))}
        {field('contactEmail', t('door.email'))}
        {field('contactPhone', t('customers.phone'))}
        <Textarea
          label={t('companies.site.instructions')}
          autosize
          minRows={2}
          {...form.getInputProps('instructions')}
        />
        <MoneyInput
          label={t('companies.monthLimit')}
          description={t('companies.limit.help')}
          value={form.values.monthLimitMinor}
          onChange={(value) => form.setFieldValue('monthLimitMinor', value)}
        />
        <Checkbox label={t('companies.site.active')} {...form.getInputProps('active', { type: 'checkbox' })} />
        <FormEnd onCancel={onClose} busy={busy} label={t('companies.save')} />
      </Stack>
    </form>
  )
}
