/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError, urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { RetentionNotice } from '@ecluse/contracts/retention.ts'
import { rightsObstacles, type RightsLink } from '@ecluse/contracts/rights.ts'
import { emailSchema } from '@ecluse/contracts/scalars.ts'
import { formatDate, formatNumber } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { Done } from '../parts/done.tsx'
import { addresses, addressOf } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

/** How often the page of a request under way asks again, in seconds. */
const askEverySeconds = 2

const tokenOf = ({ query }: Visit): string => (query.get('token') ?? '').slice(0, 400)

/** Of the announcement of an erasure. */
const keepOf = ({ query }: Visit): string => (query.get('keep') ?? '').slice(0, 400)

/** What a visitor may do with their data; with the link of a message, what became of their request. */
export async function myDataPage(visit: Visit) {
  const token = tokenOf(visit)
  const keep = keepOf(visit)
  if (!token && !keep) return showAsking(visit, '', {})
  try {
    if (keep) return await showNotice(visit, await visit.call(endpoints.getMyNotice, { query: { token: keep } }))
    return await showRequest(visit, await visit.call(endpoints.getMyRequest, { query: { token } }))
  } catch (error) {
    return failed(visit, error)
  }
}

/** Asks for a link, or confirms what its link was sent for. */
export async function myDataForm(visit: Visit) {
  const { form, locale, t } = visit
  const token = tokenOf(visit)
  const keep = keepOf(visit)
  try {
    if (keep) {
      await visit.call(endpoints.keepMyData, { query: { token: keep } })
      return await goTo(visit, link(visit, 'myData', {}, { keep }))
    }
    if (token) {
      await visit.call(endpoints.confirmMyRequest, { query: { token } })
      return await goTo(visit, link(visit, 'myData', {}, { token }))
    }
    const kind = form.get('kind') === 'erasure' ? 'erasure' : 'access'
    const { session } = await visit.call(endpoints.getSession)
    if (session && form.get('kind') === 'preferences') {
      await visit.call(endpoints.askForMyPreferences, { body: { locale } })
      return await goTo(visit, link(visit, 'myData', {}, { asked: '1' }))
    }
    if (session) await visit.call(endpoints.askForMyDataAsMember, { body: { kind, locale } })
    else {
      const email = (form.get('email') ?? '').trim().slice(0, 254)
      if (!emailSchema.safeParse(email).success)
        return await showAsking(visit, email, { email: t('form.email_wrong') }, 422)
      await visit.call(endpoints.askForMyData, { body: { kind, email, locale } })
    }
    return await goTo(visit, link(visit, 'myData', {}, { asked: '1' }))
  } catch (error) {
    return failed(visit, error)
  }
}

async function showAsking(visit: Visit, email: string, errors: FormErrors, status = 200) {
  const { t } = visit
  const { session } = await visit.call(endpoints.getSession)
  return show(
    visit,
    {
      title: t('my_data.title'),
      description: t('my_data.lead'),
      alternates: addresses.myData,
      indexed: false,
      personal: true,
      body: (
        <div class="checkout">
          <h1 class="editorial">{t('my_data.title')}</h1>
          <p class="lead">{t('my_data.lead')}</p>
          <ErrorSummary visit={visit} errors={errors} />
          {visit.query.get('asked') && <Done>{t('my_data.asked')}</Done>}
          <form method="post" action={link(visit, 'myData')} class="checkout-form" noValidate>
            {session ? (
              <p>{t('my_data.to', { email: session.email })}</p>
            ) : (
              <Field
                {...{ visit, errors }}
                name="email"
                type="email"
                inputMode="email"
                autocomplete="email"
                label={t('form.email')}
                hint={t('my_data.email_hint')}
                value={email}
                required
              />
            )}
            {session && <AskForPreferences visit={visit} />}
            <section class="step">
              <h2>{t('my_data.access')}</h2>
              <p>{t('my_data.access_text')}</p>
              <button class="button primary large" type="submit" name="kind" value="access">
                {t('my_data.ask_access')}
              </button>
            </section>
            <section class="step">
              <h2>{t('my_data.erasure')}</h2>
              <Consequences visit={visit} />
              <button class="button large" type="submit" name="kind" value="erasure">
                {t('my_data.ask_erasure')}
              </button>
            </section>
          </form>
          <p class="muted">
            <a href={link(visit, 'privacy')}>{t('legal.privacy.title')}</a>
          </p>
        </div>
      ),
    },
    status,
  )
}

/** The link of their wishes goes to the mailbox: whoever reads it may choose. */
function AskForPreferences({ visit: { t } }: { visit: Visit }) {
  return (
    <section class="step">
      <h2>{t('my_data.preferences')}</h2>
      <p>{t('my_data.preferences_text')}</p>
      <button class="button large" type="submit" name="kind" value="preferences">
        {t('my_data.ask_preferences')}
      </button>
    </section>
  )
}

/** What an erasure does, told before it is asked for and again before it is confirmed. */
function Consequences({ visit: { t } }: { visit: Visit }) {
  return (
    <ul class="advice">
      {(['gone', 'account', 'vouchers', 'kept', 'waits', 'no_way_back'] as const).map((one) => (
        <li key={one}>{t(`my_data.erasure.${one}`)}</li>
      ))}
    </ul>
  )
}

function showRequest(visit: Visit, request: RightsLink) {
  const { t, locale } = visit
  const token = tokenOf(visit)
  const own = (language: Visit['locale']): string => addressOf('myData', language, {}, { token })
  const kind = request.kind === 'erasure' ? 'erasure' : 'access'
  const waits = request.state === 'working'
  return show(visit, {
    title: t(`my_data.${kind}`),
    description: t('my_data.lead'),
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    body: (
      <div class="message-page" {...(waits ? { 'data-island': 'wait', 'data-seconds': askEverySeconds } : {})}>
        <h1 class="editorial">{t(`my_data.${kind}`)}</h1>
        <p class="muted">
          {t('my_data.number', { number: request.number, day: formatDate(request.receivedAt, locale, 'dayLong') })}
        </p>
        <RequestState visit={visit} request={request} kind={kind} />
      </div>
    ),
  })
}

/** Whether somebody who was not heard of for long wishes to stay. Opening the link changes nothing, sending its form does. */
function showNotice(visit: Visit, { state, eraseOn }: RetentionNotice) {
  const { t, locale } = visit
  const keep = keepOf(visit)
  const own = (language: Visit['locale']): string => addressOf('myData', language, {}, { keep })
  const day = formatDate(`${eraseOn}T12:00:00Z`, locale, 'dayLong')
  return show(visit, {
    title: t('my_data.keep.title'),
    description: t('my_data.lead'),
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    body: (
      <div class="message-page">
        <h1 class="editorial">{t('my_data.keep.title')}</h1>
        {state === 'kept' ? (
          <Done>{t('my_data.keep.done')}</Done>
        ) : (
          <>
            <p class="lead">{t('my_data.keep.ask', { day })}</p>
            <form method="post" action={link(visit, 'myData', {}, { keep })} class="actions">
              <button class="button primary large" type="submit">
                {t('my_data.keep.yes')}
              </button>
            </form>
            <p class="muted">{t('my_data.keep.no')}</p>
          </>
        )}
      </div>
    ),
  })
}

function RequestState({ visit, request, kind }: { visit: Visit; request: RightsLink; kind: 'access' | 'erasure' }) {
  const { t, locale } = visit
  const token = tokenOf(visit)
  const { archive, state } = request
  if (state === 'to_confirm')
    return (
      <>
        {kind === 'erasure' ? <Consequences visit={visit} /> : <p class="lead">{t('my_data.access_text')}</p>}
        <form method="post" action={link(visit, 'myData', {}, { token })} class="actions">
          <button class="button primary large" type="submit">
            {t(`my_data.confirm_${kind}`)}
          </button>
        </form>
      </>
    )
  if (state === 'working')
    return (
      <p class="lead" role="status">
        {t('my_data.working', { percent: request.progress })}
      </p>
    )
  if (state === 'postponed')
    return (
      <>
        <p class="lead" role="status">
          {t('my_data.postponed', { day: formatDate(request.dueAt, locale, 'dayLong') })}
        </p>
        <ul class="advice">
          {rightsObstacles
            .filter((one) => request.obstacles.includes(one))
            .map((one) => (
              <li key={one}>{t(`my_data.obstacle.${one}`)}</li>
            ))}
        </ul>
      </>
    )
  if (archive)
    return (
      <>
        <p class="lead" role="status">
          {t('my_data.ready', {
            size: formatNumber(archive.bytes / 1_000, locale),
            day: formatDate(archive.expiresAt, locale, 'dayLong'),
          })}
        </p>
        <p class="actions">
          <a class="button primary large" href={urlOf(endpoints.getMyArchive.path, {}, { token })} download>
            {t('my_data.download')}
          </a>
        </p>
      </>
    )
  return (
    <>
      <p class="lead" role="status">
        {t(request.certificate ? 'my_data.erased' : state === 'done' ? 'my_data.over' : 'my_data.open')}
      </p>
      {request.certificate && (
        <p class="actions">
          <a class="button primary large" href={urlOf(endpoints.getMyCertificate.path, {}, { token })}>
            {t('my_data.certificate')}
          </a>
        </p>
      )}
    </>
  )
}

function failed(visit: Visit, error: unknown) {
  if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
  return showAsking(visit, '', { form: error.problem.detail }, error.problem.status)
}
