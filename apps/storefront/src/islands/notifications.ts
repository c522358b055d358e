/** Where the browser gets what it shows; it may be asked from every page, for it is at the root. */
const workerAddress = '/push-worker.js'

type State = 'unsupported' | 'denied' | 'failed' | 'off' | 'on'

function show(root: HTMLElement, state: State): void {
  root.querySelectorAll<HTMLElement>('[data-when]').forEach((part) => {
    part.hidden = !part.dataset.when?.split(' ').includes(state)
  })
}

const isPossible = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && typeof Notification === 'function'

async function subscriptionHere(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration('/')
  return (await registration?.pushManager.getSubscription()) ?? null
}

async function ask<T>(path: string, endpoint: string): Promise<T | null> {
  const response = await fetch(`/api/v1/notifications/device/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint }),
  })
  return response.ok ? ((await response.json()) as T) : null
}

function write(form: HTMLFormElement, subscription: PushSubscription): void {
  const { endpoint = '', keys = {} } = subscription.toJSON()
  for (const [name, value] of Object.entries({ endpoint, p256dh: keys['p256dh'], auth: keys['auth'] })) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = value ?? ''
  }
}

/** A subscription with the shop's key; one that was made with another key is no good any more. */
async function subscribe(key: string): Promise<PushSubscription> {
  const registration = await navigator.serviceWorker.register(workerAddress)
  await navigator.serviceWorker.ready
  const before = await registration.pushManager.getSubscription()
  const theirs = new Uint8Array(before?.options.applicationServerKey ?? new ArrayBuffer(0))
  const written = btoa(String.fromCharCode(...theirs))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
  if (before && written === key) return before
  await before?.unsubscribe()
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}

/** The page of notifications: the browser asks its owner when they ask for it, never before. */
export function listenToNotifications(): void {
  const root = document.querySelector<HTMLElement>('[data-island=notifications]')
  const form = root?.querySelector('form')
  if (root && form) void listen(root, form)
  if (document.querySelector('[data-island=device]')) void join()
}

async function listen(root: HTMLElement, form: HTMLFormElement): Promise<void> {
  if (!isPossible()) return show(root, 'unsupported')
  if (Notification.permission === 'denied') return show(root, 'denied')
  const here = await subscriptionHere()
  const known = here && (await ask<Record<string, boolean>>('state', here.endpoint))
  if (here) write(form, here)
  if (known?.['known'])
    form.querySelectorAll<HTMLInputElement>('input[type=checkbox]').forEach((box) => {
      box.checked = known[box.name] === true
    })
  show(root, known?.['known'] ? 'on' : 'off')
  let ready = false
  form.addEventListener('submit', (event) => {
    if (ready) return
    event.preventDefault()
    const { submitter } = event
    const ends = submitter instanceof HTMLButtonElement && submitter.value === 'end'
    void prepare(root, form, ends).then((done) => {
      ready = done
      if (done) form.requestSubmit(submitter)
    })
  })
}

/** @returns whether the form says all that it must */
async function prepare(root: HTMLElement, form: HTMLFormElement, ends: boolean): Promise<boolean> {
  try {
    if (ends) await (await subscriptionHere())?.unsubscribe()
    else {
      if ((await Notification.requestPermission()) !== 'granted') {
        show(root, Notification.permission === 'denied' ? 'denied' : 'off')
        return false
      }
      write(form, await subscribe(root.dataset.key ?? ''))
    }
    return true
  } catch {
    show(root, 'failed')
    return false
  }
}

/** Whoever signed in brings what their browser was allowed before. */
async function join(): Promise<void> {
  if (!isPossible() || Notification.permission !== 'granted') return
  const here = await subscriptionHere()
  if (here) await ask('join', here.endpoint)
}
