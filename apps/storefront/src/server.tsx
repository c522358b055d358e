import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '@ecluse/contracts/client.ts'
import { locales, type Locale } from '@ecluse/contracts/scalars.ts'
import { buyingCompany } from './company-prices.ts'
import { readOrder } from './cookies.ts'
import { loyaltyForm, loyaltyPage } from './pages/loyalty.tsx'
import { accountPage, registerForm, registerPage, signInForm, signInPage, signOutForm } from './pages/account.tsx'
import { appointmentForm, appointmentPage } from './pages/appointment.tsx'
import { appointmentsPage, bookForm, bookPage } from './pages/appointments.tsx'
import { myDataForm, myDataPage } from './pages/my-data.tsx'
import { callBackForm, callBackPage } from './pages/call-back.tsx'
import { notificationsForm, notificationsPage } from './pages/notifications.tsx'
import { serviceMediumForm, serviceMediumPage } from './pages/service-medium.tsx'
import { letterAnswerForm, letterAnswerPage } from './pages/letter-answer.tsx'
import { newsConfirmForm, newsConfirmPage, newsForm, newsPage } from './pages/news.tsx'
import { preferencesForm, preferencesPage, unsubscribeForm, unsubscribePage } from './pages/preferences.tsx'
import { tastesForm, tastesPage } from './pages/tastes.tsx'
import { visitsForm, visitsPage } from './pages/visits.tsx'
import { waitForm, waitPage } from './pages/wait-for.tsx'
import { companiesForm, companiesPage, invitationForm, invitationPage } from './pages/companies.tsx'
import { companyForm, companyPage } from './pages/company.tsx'
import { companyCheckoutForm, companyCheckoutPage } from './pages/company-checkout.tsx'
import { companyPeopleForm, companyPeoplePage } from './pages/company-people.tsx'
import { companyRequestForm, companyRequestPage } from './pages/company-request.tsx'
import { companySitesForm, companySitesPage } from './pages/company-sites.tsx'
import { cartAgainForm, cartLinesForm, cartPage } from './pages/cart.tsx'
import { cartHoldForm, cartPassForm } from './pages/cart-pass.tsx'
import { passCodeForm, passCodePage, passForm, passPage } from './pages/pass.tsx'
import { quoteForm, quotePage } from './pages/quote.tsx'
import { checkoutForm, checkoutPage } from './pages/checkout.tsx'
import { drawnFiles } from './pages/drawn-files.ts'
import { homePage, homeReads } from './pages/home.tsx'
import { legalPage } from './pages/legal.tsx'
import { cataloguePage, categoryPage, searchPage } from './pages/listing.tsx'
import { failure, notFound } from './pages/not-found.tsx'
import { arrivalForm } from './pages/arrival-form.ts'
import { ratingForm } from './pages/rating-form.ts'
import { orderPartForm } from './pages/order-part-form.ts'
import { orderPage, thanksPage } from './pages/order.tsx'
import { paymentReturnPage, paymentWaitPage, testPaymentForm, testPaymentPage } from './pages/payment.tsx'
import { productPage } from './pages/product.tsx'
import { collectorForm } from './pages/order-collector.tsx'
import { reservationForm, reservationPage } from './pages/reservation.tsx'
import { offeredHandles, robotsText, sitemapXml } from './pages/search-engines.ts'
import { shopPage, shopsPage } from './pages/shops.tsx'
import { suggestionsPiece } from './pages/suggestions.tsx'
import { changeOrderForm, changeOrderPage } from './pages/change-order.tsx'
import { changePaymentForm, changePaymentPage } from './pages/change-payment.tsx'
import { returnSlipForm, returnSlipPage } from './pages/return-slip.tsx'
import { sendBackForm, sendBackPage } from './pages/send-back.tsx'
import { tryOnForm, tryOnPage } from './pages/try-on.tsx'
import { withdrawForm, withdrawPage } from './pages/withdraw.tsx'
import { withdrawnPage } from './pages/withdrawn.tsx'
import { addresses, type AddressName } from './paths.ts'
import { sharedBy, visitOf, type StorefrontOptions, type Visit } from './visit.ts'

type Answer = (visit: Visit) => Promise<FastifyReply> | FastifyReply

/** Largest form taken, in bytes: a checkout is under 2 KB, a pasted list of five hundred articles under 100. */
const formLimit = 131_072
const svg = 'image/svg+xml'
const formType = 'application/x-www-form-urlencoded'
const partsType = 'multipart/form-data'

/**
 * Nothing but our own files; no script or style in the page itself. Answers to forms go to this shop only. Written here
 * because it is stricter than what the other applications of the server need.
 */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

function pages(reads: ReturnType<typeof homeReads>): Partial<Record<AddressName, Answer>> {
  return {
    home: homePage(reads),
    catalogue: cataloguePage,
    category: categoryPage,
    search: searchPage,
    suggestions: suggestionsPiece,
    product: productPage,
    cart: (visit) => cartPage(visit),
    pass: passPage,
    passCode: passCodePage,
    quote: quotePage,
    tryOn: tryOnPage,
    reservation: reservationPage,
    appointments: appointmentsPage,
    book: bookPage,
    appointment: appointmentPage,
    waitFor: waitPage,
    myData: myDataPage,
    news: newsPage,
    newsConfirm: newsConfirmPage,
    callBack: callBackPage,
    serviceMedium: serviceMediumPage,
    notifications: notificationsPage,
    letterAnswer: letterAnswerPage,
    preferences: preferencesPage,
    unsubscribe: unsubscribePage,
    checkout: checkoutPage,
    paymentReturn: paymentReturnPage,
    paymentWait: paymentWaitPage,
    order: orderPage,
    thanks: thanksPage,
    account: accountPage,
    loyalty: loyaltyPage,
    signIn: signInPage,
    register: registerPage,
    companies: companiesPage,
    companyInvitation: invitationPage,
    company: companyPage,
    companyCheckout: companyCheckoutPage,
    companyRequest: companyRequestPage,
    companyPeople: companyPeoplePage,
    companySites: companySitesPage,
    shops: shopsPage,
    shop: shopPage,
    terms: legalPage('terms'),
    legal: legalPage('legal'),
    withdrawal: legalPage('withdrawal'),
    privacy: legalPage('privacy'),
    visits: visitsPage,
    tastes: tastesPage,
    withdraw: withdrawPage,
    changeOrder: changeOrderPage,
    changePayment: changePaymentPage,
    sendBack: sendBackPage,
    returnSlip: returnSlipPage,
    withdrawn: withdrawnPage,
  }
}

const forms: Partial<Record<AddressName, Answer>> = {
  cartLines: cartLinesForm,
  cartAgain: cartAgainForm,
  cartPass: cartPassForm,
  cartHold: cartHoldForm,
  pass: passForm,
  passCode: passCodeForm,
  quote: quoteForm,
  collector: collectorForm,
  rating: ratingForm,
  tryOn: tryOnForm,
  reservation: reservationForm,
  book: bookForm,
  appointment: appointmentForm,
  waitFor: waitForm,
  myData: myDataForm,
  news: newsForm,
  newsConfirm: newsConfirmForm,
  callBack: callBackForm,
  serviceMedium: serviceMediumForm,
  notifications: notificationsForm,
  letterAnswer: letterAnswerForm,
  preferences: preferencesForm,
  unsubscribe: unsubscribeForm,
  visits: visitsForm,
  tastes: tastesForm,
  checkout: checkoutForm,
  order: arrivalForm,
  orderPart: orderPartForm,
  companies: companiesForm,
  companyInvitation: invitationForm,
  company: companyForm,
  companyCheckout: companyCheckoutForm,
  companyRequest: companyRequestForm,
  companyPeople: companyPeopleForm,
  companySites: companySitesForm,
  loyalty: loyaltyForm,
  signIn: signInForm,
  register: registerForm,
  signOut: signOutForm,
  withdraw: withdrawForm,
  changeOrder: changeOrderForm,
  changePayment: changePaymentForm,
  sendBack: sendBackForm,
  returnSlip: returnSlipForm,
}

/**
 * The shop, as a Fastify plugin: every page rendered on the server, every act a plain form. All data comes from the API
 * through `options.client`; the plugin keeps nothing but a few seconds of what all visitors see alike.
 */
export async function storefront(app: FastifyInstance, options: StorefrontOptions): Promise<void> {
  const shared = sharedBy(options.channelCode)
  const visit = (request: FastifyRequest, reply: FastifyReply, locale: Locale): Visit =>
    visitOf(request, reply, locale, options, shared)
  const answering =
    (locale: Locale | null, answer: Answer) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const one = visit(request, reply, locale ?? localeOf(request))
      one.company = await buyingCompany(one)
      return answer(one)
    }

  // Pages are no part of the API's document.
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true } as typeof route.schema
  })
  readForms(app)
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', contentPolicy)
    reply.header('referrer-policy', 'same-origin')
    reply.header('x-content-type-options', 'nosniff')
  })
  app.setErrorHandler(async (error, request, reply) => {
    const status =
      error instanceof ApiError ? error.problem.status : ((error as { statusCode?: number }).statusCode ?? 500)
    if (status >= 500) request.log.error({ err: error }, 'a page of the shop failed')
    const trace = error instanceof ApiError ? error.problem.traceId : undefined
    const told = status >= 400 && status < 600 ? status : 500
    try {
      const one = visit(request, reply, localeOf(request))
      return await (told === 404 ? notFound(one) : failure(one, told, trace ?? request.id))
    } catch (second) {
      // The page of an error needs the API too; when that is down, the least is said.
      request.log.error({ err: second }, 'the page of an error failed')
      return reply.code(told).type('text/plain; charset=utf-8').send(`Alizé: ${told}`)
    }
  })

  const pageAnswers = Object.entries(pages(homeReads(options.channelCode)))
  for (const locale of locales) {
    for (const [name, answer] of pageAnswers) {
      app.get(addresses[name as AddressName][locale], answering(locale, answer))
    }
    for (const [name, answer] of Object.entries(forms)) {
      app.post(addresses[name as AddressName][locale], answering(locale, answer))
    }
  }
  app.get('/en', (_request, reply) => reply.redirect(addresses.home.en, 308))
  app.get('/test-payment/:paymentId', answering(null, testPaymentPage))
  app.post('/test-payment/:paymentId', answering(null, testPaymentForm))
  registerFiles(app, options, visit)
  // Whatever no route of the server knows. The API answers in its own format.
  app.get('/*', (request, reply) =>
    request.url.startsWith('/api/') ? reply.callNotFound() : answering(null, notFound)(request, reply),
  )
}

/** The language of an address, or, where an address has none (the bank's page), that of the order being paid. */
function localeOf(request: FastifyRequest): Locale {
  if (request.url.startsWith('/en/') || request.url === '/en') return 'en'
  if (!request.url.startsWith('/test-payment/')) return 'fr'
  return readOrder(request)?.locale ?? 'fr'
}

function readForms(app: FastifyInstance): void {
  if (app.hasContentTypeParser(formType)) app.removeContentTypeParser(formType)
  app.addContentTypeParser(formType, { parseAs: 'string', bodyLimit: formLimit }, (_request, body, done) => {
    done(null, new URLSearchParams(body as string))
  })
  // A mailbox that unsubscribes for its owner may send it so (RFC 8058); what it says is in the address.
  if (app.hasContentTypeParser(partsType)) app.removeContentTypeParser(partsType)
  app.addContentTypeParser(partsType, { parseAs: 'string', bodyLimit: formLimit }, (_request, _body, done) => {
    done(null, new URLSearchParams())
  })
}

/** The few files that are not built: their addresses are fixed by custom. */
function registerFiles(
  app: FastifyInstance,
  options: StorefrontOptions,
  visit: (request: FastifyRequest, reply: FastifyReply, locale: Locale) => Visit,
): void {
  const day = 'public, max-age=86400'
  const handles = offeredHandles(options.channelCode)
  const file = (path: string, type: string, text: () => string): void => {
    let kept: string | undefined
    app.get(path, (_request, reply) => {
      kept ??= text()
      // A drawing may follow the visitor's theme by a style of its own, and can do nothing else.
      if (type === svg) reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      return reply.header('cache-control', day).type(type).send(kept)
    })
  }
  for (const [path, draw] of drawnFiles()) file(path, svg, draw)
  file('/robots.txt', 'text/plain; charset=utf-8', () => robotsText(options))
  file('/manifest.webmanifest', 'application/manifest+json', manifestJson)
  app.get('/sitemap.xml', async (request, reply) => {
    const xml = await sitemapXml(visit(request, reply, 'fr'), handles)
    return reply.header('cache-control', 'public, max-age=3600').type('application/xml; charset=utf-8').send(xml)
  })
}

function manifestJson(): string {
  return JSON.stringify({
    name: 'Alizé',
    short_name: 'Alizé',
    start_url: '/',
    display: 'browser',
    background_color: '#fcfaf6',
    theme_color: '#0b5358',
    icons: [{ src: '/favicon.svg', sizes: 'any', type: svg }],
  })
}
