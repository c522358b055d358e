import { Link } from '@tanstack/react-router'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'

/** The company an order was bought for, and what its people said about it. */
export function OrderCompany({ company }: { company: NonNullable<Order['company']> }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Facts
      facts={[
        [
          t('companies.one'),
          <Link key="company" className="bo-link" to="/companies/$companyId" params={{ companyId: company.id }}>
            {company.name}
          </Link>,
        ],
        [t('companies.site'), company.siteName],
        [t('companies.site.instructions'), company.instructions],
        [t('companies.request.by'), company.buyerName],
        [t('companies.reference'), company.purchaseReference ?? company.buyerReference],
        [t('companies.costCentre'), company.costCentre],
        [t('credit.due'), company.dueOn && formatDate(`${company.dueOn}T12:00:00Z`, locale, 'dayLong')],
      ]}
    />
  )
}
