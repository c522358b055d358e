/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { frequencies, media, subjects, type Medium, type PreferencePage } from '@ecluse/contracts/consents.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { Done } from '../parts/done.tsx'
import { Icon } from '../parts/icon.tsx'
import { RadioCard } from '../parts/radio-card.tsx'
import { addressOf } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

/** The media people choose between here; others keep what was said of them elsewhere. */
const chosenHere = ['email', 'sms', 'phone', 'letter', 'push', 'social', 'visit'] as const satisfies readonly Medium[]
const pauses = [1, 3, 6] as const
const monthMs = 30 * 86_400_000

const tokenOf = ({ query }: Visit): string => (query.get('token') ?? '').slice(0, 400)
/** Whether somebody said yes to a medium, whatever is paused or unticked meanwhile. */
const allows = (page: PreferencePage, medium: Medium): boolean =>
  page.cells.some(
    (cell) =>
      cell.medium === medium &&
      cell.purpose === 'marketing' &&
      (cell.allowed || ['paused', 'subject', 'too_often'].includes(cell.reason)),
  )

/** By the link of a message, or of whoever is signed in. */
const pageOf = (visit: Visit): Promise<PreferencePage> =>
  tokenOf(visit) === ''
    ? visit.call(endpoints.getMyPreferences)
    : visit.call(endpoints.getPreferences, { query: { token: tokenOf(visit) } })

/** What one wishes to receive: by what, about what, how often, and not for a while. */
export async function preferencesPage(visit: Visit) {
  try {
    return await showPreferences(visit, await pageOf(visit))
  } catch (error) {
    return failed(visit, error)
  }
}

/** Saves the page as it was filled in. */
export async function preferencesForm(visit: Visit) {
  const { form } = visit
  const token = tokenOf(visit)
  try {
    const before = await pageOf(visit)
    const wanted = media.filter((medium) =>
      chosenHere.some((one) => one === medium) ? form.getAll('media').includes(medium) : allows(before, medium),
    )
    const months = Number(form.get('pause'))
    const pausedUntil =
      form.get('pause') === 'keep'
        ? before.preferences.pausedUntil
        : pauses.some((one) => one === months)
          ? new Date(visit.now.getTime() + months * monthMs).toISOString()
          : null
    const preferences = {
      subjectsOff: subjects.filter((subject) => !form.getAll('subjects').includes(subject)),
      frequency: frequencies.find((one) => one === form.get('frequency')) ?? 'any',
      pausedUntil,
    }
    const body = { media: wanted, preferences }
    if (token === '') {
      const { toConfirm } = await visit.call(endpoints.putMyPreferences, { body })
      if (toConfirm.length > 0) await visit.call(endpoints.askForMyPreferences, { body: { locale: visit.locale } })
      return await goTo(visit, link(visit, 'preferences', {}, { done: toConfirm.length > 0 ? 'toConfirm' : 'saved' }))
    }
    await visit.call(endpoints.putPreferences, { query: { token }, body })
    return await goTo(visit, link(visit, 'preferences', {}, { token, done: 'saved' }))
  } catch (error) {
    return failed(visit, error)
  }
}

function showPreferences(visit: Visit, page: PreferencePage) {
  const { t } = visit
  const token = tokenOf(visit)
  const query = token === '' ? {} : { token }
  const own = (language: Visit['locale']): string => addressOf('preferences', language, {}, query)
  const done = visit.query.get('done')
  return show(visit, {
    title: t('preferences.title'),
    description: t('preferences.title'),
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    body: (
      <div class="checkout">
        <h1 class="editorial">{t('preferences.title')}</h1>
        <p class="lead">{t('preferences.lead', { address: page.address })}</p>
        {(done === 'saved' || done === 'confirmed' || done === 'toConfirm') && <Done>{t(`preferences.${done}`)}</Done>}
        <PreferenceForm visit={visit} page={page} />
        <p class="muted">{t('preferences.service')}</p>
      </div>
    ),
  })
}

function PreferenceForm({ visit, page }: { visit: Visit; page: PreferencePage }) {
  const { t, locale } = visit
  const { subjectsOff, frequency, pausedUntil } = page.preferences
  const paused = pausedUntil !== null && new Date(pausedUntil) > visit.now ? pausedUntil : null
  return (
    <form
      method="post"
      action={link(visit, 'preferences', {}, tokenOf(visit) === '' ? {} : { token: tokenOf(visit) })}
      class="checkout-form"
    >
      <fieldset class="step">
        <legend>{t('preferences.media')}</legend>
        {chosenHere.map((medium) => (
          <label key={medium} class="check">
            <input type="checkbox" name="media" value={medium} checked={allows(page, medium)} />
            <span>{t(`preferences.media.${medium}`)}</span>
          </label>
        ))}
        <p class="muted">
          {t('preferences.devices')} <a href={link(visit, 'notifications')}>{t('notifications.title')}</a>
        </p>
      </fieldset>
      <fieldset class="step">
        <legend>{t('preferences.subjects')}</legend>
        {subjects.map((subject) => (
          <label key={subject} class="check">
            <input type="checkbox" name="subjects" value={subject} checked={!subjectsOff.includes(subject)} />
            <span>{t(`preferences.subjects.${subject}`)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="step">
        <legend>{t('preferences.frequency')}</legend>
        {frequencies.map((one) => (
          <RadioCard
            key={one}
            name="frequency"
            value={one}
            checked={one === frequency}
            title={t(`preferences.frequency.${one}`)}
          />
        ))}
      </fieldset>
      <fieldset class="step">
        <legend>{t('preferences.pause')}</legend>
        {paused && (
          <RadioCard
            name="pause"
            value="keep"
            checked
            title={t('preferences.pause.until', { date: formatDate(paused, locale, 'weekday') })}
          />
        )}
        <RadioCard name="pause" value="0" checked={!paused} title={t('preferences.pause.none')} />
        {pauses.map((months) => (
          <RadioCard
            key={months}
            name="pause"
            value={String(months)}
            checked={false}
            title={t('preferences.pause.months', { count: months })}
          />
        ))}
      </fieldset>
      <button class="button primary large" type="submit">
        {t('preferences.save')}
      </button>
    </form>
  )
}

/** Where a mailbox's link leads when it does not end everything by itself. Opening it changes nothing. */
export function unsubscribePage(visit: Visit) {
  return showUnsubscribe(visit, visit.query.get('done') ? 'done' : 'ask')
}

/** One click is enough, of a person or of their mailbox: no cookie, no question, and to a mailbox no redirection (RFC 8058, 3.1). */
export async function unsubscribeForm(visit: Visit) {
  const token = tokenOf(visit)
  try {
    await visit.call(endpoints.unsubscribe, { query: { token } })
    if (visit.form.get('by') !== 'person') return await showUnsubscribe(visit, 'done')
    return await goTo(visit, link(visit, 'unsubscribe', {}, { token, done: '1' }))
  } catch (error) {
    return failed(visit, error)
  }
}

function showUnsubscribe(visit: Visit, state: 'ask' | 'done') {
  const { t } = visit
  const token = tokenOf(visit)
  const own = (language: Visit['locale']): string => addressOf('unsubscribe', language, {}, { token })
  return show(visit, {
    title: t('unsubscribe.title'),
    description: t('unsubscribe.title'),
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    body: (
      <div class="message-page">
        <h1 class="editorial">{t('unsubscribe.title')}</h1>
        {state === 'done' ? <Done>{t('unsubscribe.done')}</Done> : <p class="lead">{t('unsubscribe.lead')}</p>}
        <form method="post" action={link(visit, 'unsubscribe', {}, { token })} class="actions">
          {state === 'ask' && (
            <button class="button primary large" type="submit" name="by" value="person">
              {t('unsubscribe.confirm')}
            </button>
          )}
          <a class="button large" href={link(visit, 'preferences', {}, { token })}>
            {t('unsubscribe.choose')}
          </a>
        </form>
      </div>
    ),
  })
}

/** A link that is old, not ours or missing is told as such, with the way to a new one. */
async function failed(visit: Visit, error: unknown) {
  if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
  const { t } = visit
  const { session } = await visit.call(endpoints.getSession)
  const myData = link(visit, 'myData')
  const detail = tokenOf(visit) === '' ? t('preferences.no_link') : error.problem.detail
  return show(
    visit,
    {
      title: t('preferences.title'),
      description: t('preferences.title'),
      alternates: { fr: addressOf('preferences', 'fr'), en: addressOf('preferences', 'en') },
      indexed: false,
      personal: true,
      body: (
        <div class="message-page">
          <h1 class="editorial">{t('preferences.title')}</h1>
          <p class="banner urgent" role="alert">
            <Icon name="alert" />
            <span>{detail}</span>
          </p>
          <p class="actions">
            <a class="button large" href={session ? myData : link(visit, 'signIn', {}, { next: myData })}>
              {t('preferences.new_link')}
            </a>
          </p>
        </div>
      ),
    },
    error.problem.status,
  )
}
