/*
 * What the browser runs when a notification arrives, whether the shop is open or not. It keeps nothing, answers no request of pages, and
 * imports nothing: it is one file at a fixed address.
 */
type Waiting = Event & { waitUntil(work: Promise<unknown>): void }
type Arrived = Waiting & { readonly data: { json(): unknown } | null }
type Clicked = Waiting & { readonly action: string; readonly notification: Notification }

const worker = self as unknown as {
  readonly registration: ServiceWorkerRegistration
  readonly clients: { openWindow(url: string): Promise<unknown> }
  addEventListener(kind: 'push', listener: (event: Arrived) => void): void
  addEventListener(kind: 'notificationclick', listener: (event: Clicked) => void): void
}

type Sent = {
  title: string
  body: string
  link: string | null
  choose: { link: string; label: string } | null
  tag: string
  locale: string
}

worker.addEventListener('push', (event) => {
  const sent = event.data?.json() as Sent | undefined
  if (!sent) return
  const { title, body, link, choose, tag, locale } = sent
  const options = { body, tag, lang: locale, icon: '/favicon.svg', data: { link, choose: choose?.link ?? null } }
  const actions = choose === null ? [] : [{ action: 'choose', title: choose.label }]
  event.waitUntil(worker.registration.showNotification(title, { ...options, actions } as NotificationOptions))
})

worker.addEventListener('notificationclick', (event) => {
  const { link, choose } = event.notification.data as { link: string | null; choose: string | null }
  event.notification.close()
  event.waitUntil(worker.clients.openWindow((event.action === 'choose' ? choose : link) ?? '/'))
})

export {}
