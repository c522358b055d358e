import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { rightsObstacles, type RightsRequest } from '@ecluse/contracts/rights.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { RightsActs } from './rights-acts.tsx'
import { RightsState } from './rights-state.tsx'

const route = getRouteApi('/rights/$requestId')
/** How often a request under way is looked at again. */
const lookMs = 2_000

/** One request about somebody's data: who asked what, by when it is answered, and what was done. */
export function RightsRequestPage() {
  const t = useT()
  const { requestId } = route.useParams()
  const query = useQuery({
    ...apiQuery(endpoints.getRightsRequest, { params: { requestId } }),
    refetchInterval: ({ state }) => (state.data?.state === 'working' ? lookMs : false),
  })
  const request = query.data
  return (
    <Page
      title={request ? t('rights.title', { number: request.number }) : t('nav.rights')}
      summary={request && t(`rights.kind.${request.kind}`)}
      badge={request && <RightsState request={request} />}
      back={{ to: '/rights', label: t('nav.rights') }}
      acts={request && <RightsActs request={request} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {request && (
        <div className="bo-grid-2">
          <Asked request={request} />
          {(request.closedAt ?? request.archive ?? (request.obstacles.length > 0 || request.erased.length > 0)) && (
            <Done request={request} />
          )}
        </div>
      )}
    </Page>
  )
}

function Asked({ request }: { request: RightsRequest }) {
  const t = useT()
  const { identity, identifiedAt, identifiedBy } = request
  return (
    <Card title={t('rights.asked')}>
      <Facts
        facts={[
          [t('rights.origin'), t(`rights.origin.${request.origin}`)],
          [t('rights.received'), <RelativeTime key="received" at={request.receivedAt} />],
          [t('rights.due'), request.closedAt ? null : <RelativeTime key="due" at={request.dueAt} />],
          [t('rights.extended'), request.extendedReason],
          [t('rights.email'), request.email],
          [
            t('rights.customer'),
            request.customerId && (
              <Link to="/customers/$customerId" params={{ customerId: request.customerId }} className="bo-link">
                {t('rights.see_customer')}
              </Link>
            ),
          ],
          [
            t('rights.identity'),
            identity
              ? `${t(`rights.identity.${identity}`)}${identifiedBy ? ` · ${identifiedBy}` : ''}`
              : t('rights.unknown'),
          ],
          [t('rights.identified'), identifiedAt && <RelativeTime key="identified" at={identifiedAt} />],
          [t('rights.reason'), request.reason],
        ]}
      />
    </Card>
  )
}

function Done({ request }: { request: RightsRequest }) {
  const t = useT()
  const { id, archive, certificate, erased, kept, obstacles } = request
  const tables = erased.filter((step) => step.rows > 0).length
  const rows = erased.reduce((sum, step) => sum + step.rows, 0)
  const file = (path: string) => urlOf(path, { requestId: id })
  return (
    <Card title={t('rights.done')}>
      {obstacles.length > 0 && (
        <>
          <p>{t('rights.waits')}</p>
          <ul>
            {rightsObstacles
              .filter((one) => obstacles.includes(one))
              .map((one) => (
                <li key={one}>{t(`rights.obstacle.${one}`)}</li>
              ))}
          </ul>
        </>
      )}
      <Facts
        facts={[
          [t('rights.answer'), request.answer],
          [t('rights.closed_at'), request.closedAt && <RelativeTime key="closed" at={request.closedAt} />],
          [t('rights.closed_by'), request.closedBy],
          [
            t('rights.archive'),
            archive &&
              (archive.removed ? (
                t('rights.archive.gone')
              ) : (
                <a key="archive" className="bo-link" href={file(endpoints.getRightsArchive.path)} download>
                  {t('rights.archive.get', { size: Math.ceil(archive.bytes / 1_000) })}
                </a>
              )),
          ],
          [
            t('rights.archive.until'),
            archive && !archive.removed && <RelativeTime key="until" at={archive.expiresAt} />,
          ],
          [t('rights.archive.fetched'), archive && t('rights.archive.times', { count: archive.downloads })],
          [t('rights.erased'), erased.length > 0 && t('rights.erased.rows', { rows, tables })],
          ...kept.map(({ law, records, until }) => [`${t('rights.kept')} · ${law}`, `${records} → ${until}`] as const),
          [
            t('rights.certificate'),
            certificate && (
              <a key="certificate" className="bo-link" href={file(endpoints.getRightsCertificate.path)}>
                {t('rights.certificate.get', { number: certificate.number })}
              </a>
            ),
          ],
        ]}
      />
    </Card>
  )
}
