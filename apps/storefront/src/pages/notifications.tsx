/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { wordings } from '@ecluse/contracts/consents.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { show } from '../document.tsx'
import { Done } from '../parts/done.tsx'
import { ErrorSummary, type FormErrors } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { addresses } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

/** Whether, and of what, this browser is notified. The browser itself fills the form in, once its owner allowed it. */
export const notificationsPage = (visit: Visit) => showNotifications(visit, {})

/** Keeps what the browser was allowed, or ends it. */
export async function notificationsForm(visit: Visit) {
  const { form, t, locale } = visit
  const written = (name: string): string => (form.get(name) ?? '').slice(0, 1_000)
  const endpoint = written('endpoint')
  const marketing = form.has('marketing')
  const service = form.has('service')
  const ends = form.get('act') === 'end'
  if (!ends && !marketing && !service) return showNotifications(visit, { form: t('notifications.nothing') }, 422)
  try {
    if (ends) await visit.call(endpoints.endDevice, { body: { endpoint } })
    else {
      const keys = { p256dh: written('p256dh'), auth: written('auth') }
      await visit.call(endpoints.putDevice, { body: { endpoint, ...keys, locale, marketing, service } })
    }
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return showNotifications(visit, { form: error.problem.detail }, error.problem.status)
  }
  return goTo(visit, link(visit, 'notifications', {}, { done: ends ? 'ended' : 'saved' }))
}

async function showNotifications(visit: Visit, errors: FormErrors, status = 200) {
  const { t } = visit
  const [{ publicKey }, { session }] = await Promise.all([
    visit.call(endpoints.getPushKey),
    visit.call(endpoints.getSession),
  ])
  const done = visit.query.get('done')
  return show(
    visit,
    {
      title: t('notifications.title'),
      description: t('notifications.lead'),
      alternates: addresses.notifications,
      indexed: false,
      personal: true,
      body: (
        <div class="checkout" data-island="notifications" data-key={publicKey}>
          <h1 class="editorial">{t('notifications.title')}</h1>
          <p class="lead">{t('notifications.lead')}</p>
          {(done === 'saved' || done === 'ended') && <Done>{t(`notifications.${done}`)}</Done>}
          <ErrorSummary visit={visit} errors={errors} />
          {(['unsupported', 'denied', 'failed'] as const).map((state) => (
            <p key={state} class="banner urgent" role="alert" data-when={state} hidden>
              <Icon name="alert" />
              <span>{t(`notifications.${state}`)}</span>
            </p>
          ))}
          <noscript>
            <p>{t('notifications.no_script')}</p>
          </noscript>
          <Choice visit={visit} signedIn={session !== null} />
          <p class="muted">{t('notifications.kept')}</p>
        </div>
      ),
    },
    status,
  )
}

function Choice({ visit, signedIn }: { visit: Visit; signedIn: boolean }) {
  const { t, locale } = visit
  const here = link(visit, 'notifications')
  return (
    <form method="post" action={here} class="checkout-form" data-when="off on failed" hidden>
      {['endpoint', 'p256dh', 'auth'].map((name) => (
        <input key={name} type="hidden" name={name} value="" />
      ))}
      <fieldset class="step">
        <legend>{t('notifications.of')}</legend>
        {signedIn && (
          <label class="check">
            <input type="checkbox" name="service" />
            <span>{t('notifications.service')}</span>
          </label>
        )}
        <label class="check">
          <input type="checkbox" name="marketing" />
          <span>
            {t('notifications.marketing')}
            <br />
            <span class="muted">{wordings['push-1'][locale]}</span>
          </span>
        </label>
        {!signedIn && (
          <p class="muted">
            {t('notifications.sign_in')} <a href={link(visit, 'signIn', {}, { next: here })}>{t('account.sign_in')}</a>
          </p>
        )}
      </fieldset>
      <div class="actions">
        <button class="button primary large" type="submit" name="act" value="allow" data-when="off failed">
          {t('notifications.allow')}
        </button>
        <button class="button primary large" type="submit" name="act" value="allow" data-when="on" hidden>
          {t('notifications.save')}
        </button>
        <button class="button large" type="submit" name="act" value="end" data-when="on" hidden>
          {t('notifications.end')}
        </button>
      </div>
    </form>
  )
}
