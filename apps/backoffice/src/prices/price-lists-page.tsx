import { useState } from 'react'
import { Button, Checkbox, Skeleton, Stack, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PriceList } from '@ecluse/contracts/price-lists.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { useChannelName } from '../network/use-channels.ts'

const route = getRouteApi('/price-lists')

/** Lists of prices: those channels sell from, and those companies buy from. */
export function PriceListsPage() {
  const t = useT()
  const can = useCan()
  const { open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: string | undefined) => void navigate({ search: { open: next }, replace: true })
  const query = useQuery(apiQuery(endpoints.listPriceLists, {}))
  const lists = query.data?.items ?? []
  const add = can('prices:write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => show('new')}>
      {t('prices.newList')}
    </Button>
  )
  return (
    <Page narrow title={t('nav.priceLists')} summary={t('prices.summary')} acts={add}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={200} />}
      <div className="bo-stack">
        <Lists title={t('prices.ofCompanies')} lists={lists.filter(({ channelCodes }) => channelCodes.length === 0)} />
        <Lists title={t('prices.ofChannels')} lists={lists.filter(({ channelCodes }) => channelCodes.length > 0)} />
      </div>
      {open === 'new' && (
        <SidePanel itemKey="new" title={t('prices.newList')} onClose={() => show(undefined)}>
          <ListForm list={null} onClose={() => show(undefined)} />
        </SidePanel>
      )}
    </Page>
  )
}

function Lists({ title, lists }: { title: string; lists: readonly PriceList[] }) {
  const t = useT()
  const { locale } = useLocale()
  const nameOf = useChannelName()
  if (lists.length === 0) return null
  return (
    <Card title={title}>
      <ul className="bo-plain-list">
        {lists.map((list) => (
          <li key={list.code} className="bo-row-between">
            <TwoLines
              first={
                <Link to="/price-lists/$code" params={{ code: list.code }} className="bo-link">
                  {list.name[locale] || list.name.fr}
                </Link>
              }
              second={
                list.channelCodes.length > 0 ? list.channelCodes.map(nameOf).join(', ') : t(vatKey(list.includesVat))
              }
            />
            <span className="bo-quiet tabular">
              {list.channelCodes.length > 0
                ? t('prices.articlePrices', { count: list.articlePrices })
                : t('prices.entries', { count: list.entries })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** How fixed prices of a list count VAT, in words. */
export const vatKey = (includesVat: boolean) => (includesVat ? 'prices.withVat' : 'prices.withoutVat')

/** A list's name, and how it counts VAT. */
export function ListForm({ list, onClose }: { list: PriceList | null; onClose: () => void }) {
  const t = useT()
  const [code, setCode] = useState(list?.code ?? '')
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: {
      fr: list?.name.fr ?? '',
      en: list?.name.en ?? '',
      withoutVat: list ? !list.includesVat : true,
    },
    schema: endpoints.putPriceList.body,
    toBody: ({ fr, en, withoutVat }) => ({ name: { fr, en }, includesVat: !withoutVat }),
    send: (body) => call(endpoints.putPriceList, { params: { code: code.trim() }, body }),
    onDone: () => {
      tellDone(t('prices.listSaved'))
      void refresh('/price-lists')
      onClose()
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        {!list && (
          <TextInput
            label={t('prices.code')}
            description={t('prices.code.help')}
            required
            data-autofocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <TextInput label={t('prices.nameFr')} required {...form.getInputProps('fr')} error={form.errors['name.fr']} />
        <TextInput label={t('prices.nameEn')} required {...form.getInputProps('en')} error={form.errors['name.en']} />
        <Checkbox
          label={t('prices.withoutVat')}
          description={t('prices.withoutVat.help')}
          {...form.getInputProps('withoutVat', { type: 'checkbox' })}
        />
        <FormEnd onCancel={onClose} busy={busy} label={t('app.save')} />
      </Stack>
    </form>
  )
}
