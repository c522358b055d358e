import { useState, type FormEvent } from 'react'
import { Button, Group, TextInput } from '@mantine/core'
import { IconSearch, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { RightsTabs } from './rights-tabs.tsx'

/** What the law keeps of people who were erased, and the chain of certificates that proves their erasures. */
export function RecordsPage() {
  const t = useT()
  return (
    <Page title={t('nav.rights')} summary={t('records.lead')}>
      <RightsTabs here="records" />
      <div className="bo-grid-2">
        <Certificates />
        <LegalRecords />
      </div>
    </Page>
  )
}

/** What a certificate says that the list shows. */
type Content = { readonly request: string; readonly erasedAt: string; readonly erased: readonly { rows: number }[] }

function Certificates() {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.verifyCertificates, {}))
  const chain = query.data
  return (
    <Card title={t('records.chain')}>
      <p className="bo-line bo-quiet">{t('records.chain.help')}</p>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      <Group justify="space-between">
        <p className="bo-line" role="status">
          {chain &&
            (chain.items.length === 0
              ? t('records.none')
              : t(chain.intact ? 'records.intact' : 'records.broken', { count: chain.items.length }))}
        </p>
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={16} aria-hidden />}
          loading={query.isFetching}
          onClick={() => void query.refetch()}
        >
          {t('records.verify')}
        </Button>
      </Group>
      <ul className="bo-plain-list">
        {chain?.items.toReversed().map(({ number, requestId, content, hash, keyId }) => {
          const { request, erasedAt, erased } = JSON.parse(content) as Content
          return (
            <li key={number} className="bo-row-between">
              <span className="bo-wrap">
                <a
                  className="bo-link"
                  href={urlOf(endpoints.getRightsCertificate.path, { requestId }, { locale })}
                  download
                >
                  {t('rights.certificate.get', { number })}
                </a>
                <span className="bo-quiet bo-block">
                  {t('records.made', {
                    day: formatDate(erasedAt, locale, 'dateTime'),
                    rows: erased.reduce((sum, { rows }) => sum + rows, 0),
                  })}
                </span>
                <span className="bo-quiet bo-block" title={hash}>
                  {t('records.seal', { hash: hash.slice(0, 16), key: keyId })}
                </span>
              </span>
              <Link to="/rights/$requestId" params={{ requestId }} className="bo-link">
                {request}
              </Link>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

const laws = ['accounting', 'contract', 'proof'] as const

function LegalRecords() {
  const t = useT()
  const [typed, setTyped] = useState('')
  const [reference, setReference] = useState('')
  const query = useQuery({
    ...apiQuery(endpoints.getLegalRecords, { query: { reference } }),
    enabled: reference.length >= 3,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setReference(typed.trim())
  }
  return (
    <Card title={t('records.legal')}>
      <p className="bo-line bo-quiet">{t('records.legal.help')}</p>
      <form onSubmit={submit}>
        <Group align="end">
          <TextInput
            label={t('records.reference')}
            value={typed}
            maxLength={40}
            onChange={({ currentTarget: { value } }) => setTyped(value)}
          />
          <Button
            type="submit"
            variant="default"
            disabled={typed.trim().length < 3}
            leftSection={<IconSearch size={16} aria-hidden />}
          >
            {t('records.find')}
          </Button>
        </Group>
      </form>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && <p className="bo-line">{t('records.nothing', { reference })}</p>}
      {query.data?.items.map(({ law, reference: of, content, keptUntil }) => (
        <LegalRecord key={`${law} ${of}`} law={law} content={content} until={keptUntil} />
      ))}
    </Card>
  )
}

function LegalRecord({ law, content, until }: { law: string; content: Record<string, unknown>; until: string }) {
  const t = useT()
  const { locale } = useLocale()
  const known = laws.find((one) => one === law)
  const plain = Object.entries(content).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
  return (
    <section>
      <Facts
        facts={[
          [t('records.law'), known ? t(`records.law.${known}`) : law],
          [t('records.until'), formatDate(`${until}T12:00:00Z`, locale, 'dayLong')],
          ...plain.map(([name, value]) => [name, String(value)] as const),
        ]}
      />
      <Disclosure label={t('records.whole')}>
        <pre className="bo-wrap">{JSON.stringify(content, null, 2)}</pre>
      </Disclosure>
    </section>
  )
}
