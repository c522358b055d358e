import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type axe from 'axe-core'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect, inject, onTestFinished } from 'vitest'
import { rootDir } from '../../src/kernel/paths.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The address bar's suggestions are a page of their own, drawn for each window: as long as many a page of ours. Naming features
  // takes the place of what Playwright turns off, so the ones of those that matter here follow.
  '--disable-features=' +
    [
      'WebUIOmniboxPopup',
      'WebUIOmniboxAimPopup',
      'WebUIOmniboxFullPopup',
      'AimEnabled',
      'AvoidUnnecessaryBeforeUnloadCheckSync',
      'DestroyProfileOnBrowserClose',
      'HttpsFirstBalancedModeAutoEnable',
      'HttpsUpgrades',
      'LensOverlay',
      'MediaRouter',
      'NetworkTimeServiceQuerying',
      'OptimizationHints',
      'PaintHolding',
      'PreconnectToSearch',
      'ThirdPartyStoragePartitioning',
    ].join(','),
  // Whatever a page asks for elsewhere does not even get an address.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]

const ownHosts = new Set(['localhost', '127.0.0.1'])

/** Pages opened without JavaScript: axe, which is a script, would never answer in them. */
const scriptless = new WeakSet<Page>()

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The tags of WCAG 2.2 at level AA, and axe's own good practice. */
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** How a page is opened. */
export interface PageOptions extends BrowserContextOptions {
  /** Errors on the console that this test causes on purpose: a part of their text each. */
  expectedErrors?: readonly (string | RegExp)[]
}

/** The two sizes every screen must suit. */
export const viewports = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } } as const

let shared: Promise<Browser> | undefined

/**
 * The browser of a test file: call it at the top, `const browser = await launchBrowser()`. Files that run in one process share
 * it, as each page has a session of its own; it ends with the process.
 *
 * @throws when no Chromium is installed: tests that need a browser fail without one
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = inject('chromium')
  if (executablePath === null) throw new Error('no Chromium: `npm test` installs it, or CHROMIUM_PATH names one')
  shared ??= chromium.launch({ executablePath, args: flags }).then((browser) => {
    // One that crashed is not handed to the next file.
    browser.on('disconnected', () => (shared = undefined))
    return browser
  })
  return shared
}

/**
 * Opens a page of its own session, inside a test. The test fails if the page asks anything of another host, writes an error
 * on its console or throws; the page is closed when the test ends. A test that fails leaves its picture in
 * `.cache/screenshots`.
 */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const { expectedErrors = [], ...contextOptions } = options
  const context = await browser.newContext({
    viewport: viewports.desktop,
    locale: 'fr-FR',
    // Nobody looks on: what moves would only be waited for.
    reducedMotion: 'reduce',
    ...contextOptions,
  })
  // As long as a machine may take that has much else to do; a page that is right answers sooner.
  context.setDefaultTimeout(60_000)
  const faults: string[] = []
  const note = (text: string) => {
    if (!expectedErrors.some((known) => (typeof known === 'string' ? text.includes(known) : known.test(text))))
      faults.push(text)
  }
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (/^(https?|wss?):$/.test(protocol) && !ownHosts.has(hostname)) note(`request to another host: ${request.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => note(`uncaught: ${error.error().stack ?? error.error().message}`))
  const page = await context.newPage()
  if (contextOptions.javaScriptEnabled === false) scriptless.add(page)
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail' && !page.isClosed()) await keepPicture(page, task.name)
    await context.close()
    expect(faults).toEqual([])
  })
  return page
}

/** Fails when axe finds anything on the page as it stands: WCAG 2.2 AA and good practice. */
export async function expectAccessible(page: Page): Promise<void> {
  const judged = scriptless.has(page) ? await withScript(page) : page
  const violations = await violationsOn(judged)
  if (judged !== page) await judged.context().close()
  const told = violations.map(({ id, help, html }) => `${id}: ${help}\n  ${html.join('\n  ')}`)
  expect.soft(told, page.url()).toEqual([])
}

/**
 * What axe finds on a page. It is put into the page once and answers with what is wrong alone: what is right, written out for
 * each element, would take longer than the judging. What surrounds every page (its head, its menus) is judged once in a document,
 * and again when it has changed or is shown at another width or in other colours.
 */
async function violationsOn(page: Page): Promise<{ id: string; help: string; html: string[] }[]> {
  // A frame would need an axe of its own, and nobody would notice that it was not looked at. Only a mail is shown in one, where nothing may
  // run; mails are judged where they are written.
  const frames = await page.locator('iframe:not([sandbox=""])').count()
  expect(frames, 'a page that is judged has no frames but those of mails').toBe(0)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  return page.evaluate(async (values) => {
    const page = window as unknown as { axe: typeof axe; judgedParts?: Set<string> }
    const judged = (page.judgedParts ??= new Set())
    const look = `${innerWidth} ${matchMedia('(prefers-color-scheme: dark)').matches} `
    const parts = [...document.querySelectorAll<HTMLElement>('header, nav')]
    const lookOf = (part: HTMLElement) =>
      look + part.outerHTML.replaceAll(/ (aria-current="page"|data-active="true")/g, '')
    const exclude = parts.filter((part) => judged.has(lookOf(part)))
    const options = { runOnly: { type: 'tag' as const, values }, resultTypes: ['violations' as const], iframes: false }
    const { violations } = await page.axe.run({ include: [document], ...(exclude.length > 0 && { exclude }) }, options)
    for (const part of parts) judged.add(lookOf(part))
    return violations.map(({ id, help, nodes }) => ({ id, help, html: nodes.map((node) => node.html) }))
  }, axeTags)
}

/** What a page without JavaScript shows, in a page that may run axe but none of the page's own scripts. */
async function withScript(page: Page): Promise<Page> {
  const browser = page.context().browser()
  if (!browser) throw new Error('a page of a test has a browser')
  const context = await browser.newContext({
    viewport: page.viewportSize(),
    locale: 'fr-FR',
    storageState: await page.context().storageState(),
  })
  const body = await page.content()
  const copy = await context.newPage()
  await copy.route('**/*', (route) => {
    const request = route.request()
    if (request.isNavigationRequest()) return route.fulfill({ contentType: 'text/html; charset=utf-8', body })
    return request.resourceType() === 'script' ? route.abort() : route.continue()
  })
  await copy.goto(page.url())
  return copy
}

/** Keeps a picture of a page in `.cache/screenshots`, named after the test that failed on it. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = join(rootDir, '.cache', 'screenshots')
  mkdirSync(folder, { recursive: true })
  const file = `${name.replace(/[^\p{L}\d]+/gu, '-')}.png`
  await page.screenshot({ path: join(folder, file), fullPage: true })
}
