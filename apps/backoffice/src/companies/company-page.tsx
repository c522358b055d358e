import { useState } from 'react'
import { Button, Skeleton, Tabs } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Company } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { companyTabs, type CompanyTab } from '../app/search.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { PhoneLink } from '../common/phone-link.tsx'
import { ApprovalRules } from './approval-rules.tsx'
import { CompanyCredit } from './company-credit.tsx'
import { CompanyForm } from './company-form.tsx'
import { CompanyOrders } from './company-orders.tsx'
import { CompanyPeople } from './company-people.tsx'
import { CompanySites } from './company-sites.tsx'
import { OrderForCompany } from './order-for-company.tsx'

const route = getRouteApi('/companies/$companyId')

/** A company: who it is, where and who, what it ordered and owes. */
export function CompanyPage() {
  const t = useT()
  const can = useCan()
  const { companyId } = route.useParams()
  const { tab = 'about' } = route.useSearch()
  const navigate = route.useNavigate()
  const [editing, setEditing] = useState(false)
  const query = useQuery(apiQuery(endpoints.getCompany, { params: { companyId } }))
  const company = query.data
  const shown = companyTabs.filter((name) => name !== 'order' || can('orders:write'))
  return (
    <Page
      title={company?.name ?? t('companies.one')}
      badge={company && !company.active && <StateBadge tone="neutral">{t('companies.inactive')}</StateBadge>}
      summary={company?.number}
      back={{ to: '/companies', label: t('nav.companies') }}
      acts={
        company &&
        can('customers:write') && (
          <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEditing(true)}>
            {t('companies.edit')}
          </Button>
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {company && (
        <Tabs
          value={tab}
          onChange={(value) =>
            void navigate({ search: { tab: value as CompanyTab }, replace: true, resetScroll: false })
          }
          keepMounted={false}
        >
          <Tabs.List mb="md" className="bo-company-tabs">
            {shown.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`companies.tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {shown.map((name) => (
            <Tabs.Panel key={name} value={name}>
              <TabContent name={name} company={company} />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
      {company && editing && (
        <SidePanel itemKey={company.id} title={t('companies.edit')} onClose={() => setEditing(false)}>
          <CompanyForm company={company} onDone={() => setEditing(false)} onCancel={() => setEditing(false)} />
        </SidePanel>
      )}
    </Page>
  )
}

function TabContent({ name, company }: { name: CompanyTab; company: Company }) {
  switch (name) {
    case 'about':
      return <About company={company} />
    case 'sites':
      return <CompanySites company={company} />
    case 'people':
      return <CompanyPeople company={company} />
    case 'approval':
      return <ApprovalRules company={company} />
    case 'orders':
      return <CompanyOrders company={company} />
    case 'credit':
      return <CompanyCredit company={company} />
    case 'order':
      return <OrderForCompany company={company} />
  }
}

function About({ company }: { company: Company }) {
  const t = useT()
  return (
    <Card title={t('companies.tab.about')}>
      <Facts
        facts={[
          [t('companies.name'), company.name],
          [t('companies.tradeName'), company.tradeName],
          [t('companies.siren'), company.siren],
          [t('companies.vat'), company.vatNumber],
          [
            t('door.email'),
            company.email && (
              <a className="bo-link" href={`mailto:${company.email}`}>
                {company.email}
              </a>
            ),
          ],
          [t('customers.phone'), company.phone && <PhoneLink phone={company.phone} />],
          [t('companies.priceList'), <PriceListOf code={company.priceList} />],
          [t('companies.referenceRequired'), company.referenceRequired && t('app.yes')],
          [t('companies.sites'), company.sites.filter(({ active }) => active).length],
          [t('companies.people'), company.members.length],
        ]}
      />
    </Card>
  )
}

/** The price list of a company, by its name; the prices of all when it has none of its own. */
function PriceListOf({ code }: { code: string | null }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const lists = useQuery({ ...apiQuery(endpoints.listPriceLists, {}), enabled: code !== null && can('catalog:read') })
  if (code === null) return t('companies.priceList.none')
  const list = lists.data?.items.find((one) => one.code === code)
  if (!list) return code
  return (
    <Link to="/price-lists/$code" params={{ code }} className="bo-link">
      {list.name[locale] || list.name.fr}
    </Link>
  )
}
