import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { createClient, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { distDir } from '../server/src/kernel/paths.ts'
import { openPage, type PageOptions } from '../server/test/kit/browser.ts'
import { serveDemo } from '../server/test/kit/demo.ts'
import type { Clock } from '../server/src/kernel/clock.ts'

/** What a refused form is answered with; the browser writes each on its console. */
export const refusals = ['status of 401', 'status of 403', 'status of 409', 'status of 422']

type Account = { label: string; email: string; password: string }

/** A demo company with its back office, for one test file, by a clock of its own if need be: call it at the top of the file. */
export async function startBackOffice(browser: Browser, own: { clock?: Clock } = {}) {
  if (!existsSync(join(distDir, 'backoffice', 'index.html'))) throw new Error('not built: `npm run build` first')
  const { app, home, account: accountOf } = await serveDemo(own)
  const administrator = () => accountOf('Administration')
  const settled = async (page: Page, heading: string): Promise<void> => {
    await page.locator(heading).waitFor()
    // Nothing is loading any more: neither rows nor cards nor panels.
    await page.locator('[aria-busy="true"], .mantine-Skeleton-root').first().waitFor({ state: 'detached' })
  }
  const goTo = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${home()}/admin${path}`)
    await settled(page, 'h1')
  }
  return {
    app,
    home,
    administrator,
    clerk: () => accountOf('Vente, Nantes'),
    goTo,
    /** Goes to another page as a link does, without loading the application again; within one page it is loaded. */
    async goWithin(page: Page, path: string): Promise<void> {
      const [now, next] = [new URL(page.url()).pathname, `/admin${path.split('?')[0]}`]
      if (now === next) return goTo(page, path)
      await page.evaluate((address) => {
        for (const heading of document.querySelectorAll('h1')) heading.dataset['left'] = ''
        history.pushState(null, '', address)
      }, `/admin${path}`)
      await settled(page, 'h1:not([data-left])')
    },
    apiOf: (account: Account) => apiOf(home(), account),
    /** Opens a page of the back office, signed in, in French unless the browser speaks English. */
    async openSignedIn(path: string, account: Account = administrator(), options: PageOptions = {}): Promise<Page> {
      const page = await openPage(browser, { reducedMotion: 'reduce', expectedErrors: refusals, ...options })
      await page.request.post(`${home()}/api/v1/session`, {
        data: { email: account.email, password: account.password },
        headers: { origin: home() },
      })
      await goTo(page, path)
      return page
    },
  }
}

/** The API as one member of staff, over the same port as the browser. */
export async function apiOf(home: string, { email, password }: Account): Promise<Client> {
  let cookie = ''
  const call = createClient(
    async (request) => {
      const answer = await fetch(home + request.url, {
        method: request.method,
        headers: { ...request.headers, origin: home, cookie },
        ...(request.body === undefined ? {} : { body: request.body }),
      })
      const set = answer.headers.getSetCookie().map((one) => one.split(';')[0])
      if (set.length > 0) cookie = set.join('; ')
      return { status: answer.status, body: await answer.text(), headers: answer.headers }
    },
    { locale: () => 'fr' },
  )
  await call(endpoints.signIn, { body: { email, password } })
  return call
}

export const toast = (page: Page, words: string | RegExp): Locator =>
  page.locator('.mantine-Notification-root', { hasText: words })
export const panel = (page: Page): Locator => page.locator('.ec-panel')
export const field = (page: Page, name: string): Locator => page.getByLabel(name, { exact: true })

/** How many rows a list has, all of its pages read. */
export const countRows = async (page: Page): Promise<number> => {
  const foot = page.locator('.bo-list-foot [role="status"]')
  await foot.or(page.locator('.bo-list .ec-empty')).first().waitFor()
  const more = page.getByRole('button', { name: 'Afficher la suite' })
  while ((await more.count()) > 0) {
    const before = await foot.innerText()
    // Reaching for the button scrolls, and a list that is scrolled reads on by itself: the button may be gone.
    await more.click({ timeout: 5_000 }).catch(() => undefined)
    await expect.poll(() => foot.innerText()).not.toBe(before)
  }
  return (await foot.count()) === 0 ? 0 : Number((await foot.innerText()).replace(/\D/g, ''))
}
