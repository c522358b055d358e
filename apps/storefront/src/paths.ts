import type { Locale } from '@ecluse/contracts/scalars.ts'

/** Every address of the shop in its two languages; French is at the root. Segments beginning with `:` are parameters. */
export const addresses = {
  home: { fr: '/', en: '/en/' },
  catalogue: { fr: '/catalogue', en: '/en/catalogue' },
  category: { fr: '/rayons/:code', en: '/en/categories/:code' },
  product: { fr: '/produits/:handle', en: '/en/products/:handle' },
  search: { fr: '/recherche', en: '/en/search' },
  suggestions: { fr: '/recherche/suggestions', en: '/en/search/suggestions' },
  cart: { fr: '/panier', en: '/en/cart' },
  cartLines: { fr: '/panier/lignes', en: '/en/cart/lines' },
  cartAgain: { fr: '/panier/reprise', en: '/en/cart/again' },
  cartPass: { fr: '/panier/laissez-passer', en: '/en/cart/pass' },
  cartHold: { fr: '/panier/mise-de-cote', en: '/en/cart/hold' },
  pass: { fr: '/laissez-passer/:token', en: '/en/pass/:token' },
  passCode: { fr: '/laissez-passer', en: '/en/pass' },
  quote: { fr: '/devis/:quoteId', en: '/en/quotes/:quoteId' },
  collector: { fr: '/commandes/:orderId/retrait', en: '/en/orders/:orderId/collector' },
  rating: { fr: '/commandes/:orderId/avis', en: '/en/orders/:orderId/rating' },
  tryOn: { fr: '/essayer', en: '/en/try' },
  reservation: { fr: '/essayages/:reservationId', en: '/en/reservations/:reservationId' },
  appointments: { fr: '/rendez-vous', en: '/en/appointments' },
  waitFor: { fr: '/rendez-vous/:service/attente', en: '/en/appointments/:service/waiting-list' },
  book: { fr: '/rendez-vous/:service', en: '/en/appointments/:service' },
  appointment: { fr: '/mes-rendez-vous/:appointmentId', en: '/en/my-appointments/:appointmentId' },
  checkout: { fr: '/commander', en: '/en/checkout' },
  paymentReturn: { fr: '/paiement/retour', en: '/en/payment/return' },
  paymentWait: { fr: '/paiement/attente/:orderId', en: '/en/payment/waiting/:orderId' },
  order: { fr: '/commandes/:orderId', en: '/en/orders/:orderId' },
  thanks: { fr: '/commandes/:orderId/merci', en: '/en/orders/:orderId/thank-you' },
  orderPart: { fr: '/commandes/:orderId/parties', en: '/en/orders/:orderId/parts' },
  changeOrder: { fr: '/commandes/:orderId/modifier', en: '/en/orders/:orderId/change' },
  changePayment: { fr: '/commandes/:orderId/modification/:changeId', en: '/en/orders/:orderId/changes/:changeId' },
  sendBack: { fr: '/commandes/:orderId/retour', en: '/en/orders/:orderId/return' },
  returnSlip: { fr: '/commandes/:orderId/retours/:returnId', en: '/en/orders/:orderId/returns/:returnId' },
  account: { fr: '/compte', en: '/en/account' },
  loyalty: { fr: '/compte/fidelite', en: '/en/account/loyalty' },
  signIn: { fr: '/compte/connexion', en: '/en/account/sign-in' },
  signOut: { fr: '/compte/deconnexion', en: '/en/account/sign-out' },
  register: { fr: '/compte/creation', en: '/en/account/register' },
  companies: { fr: '/entreprises', en: '/en/companies' },
  companyInvitation: { fr: '/entreprises/invitation/:token', en: '/en/companies/invitation/:token' },
  company: { fr: '/entreprises/:companyId', en: '/en/companies/:companyId' },
  companyRequest: {
    fr: '/entreprises/:companyId/demandes/:requestId',
    en: '/en/companies/:companyId/requests/:requestId',
  },
  companyCheckout: { fr: '/entreprises/:companyId/commander', en: '/en/companies/:companyId/checkout' },
  companyPeople: { fr: '/entreprises/:companyId/personnes', en: '/en/companies/:companyId/people' },
  companySites: { fr: '/entreprises/:companyId/adresses', en: '/en/companies/:companyId/sites' },
  shops: { fr: '/magasins', en: '/en/shops' },
  shop: { fr: '/magasins/:code', en: '/en/shops/:code' },
  terms: { fr: '/conditions-de-vente', en: '/en/terms-of-sale' },
  legal: { fr: '/mentions-legales', en: '/en/legal-notice' },
  withdrawal: { fr: '/retours-et-retractation', en: '/en/returns-and-withdrawal' },
  withdraw: { fr: '/renoncer-a-mon-contrat', en: '/en/withdraw-from-contract' },
  withdrawn: { fr: '/renoncer-a-mon-contrat/:withdrawalId', en: '/en/withdraw-from-contract/:withdrawalId' },
  news: { fr: '/nouvelles', en: '/en/news' },
  newsConfirm: { fr: '/nouvelles/confirmation', en: '/en/news/confirmation' },
  notifications: { fr: '/notifications', en: '/en/notifications' },
  serviceMedium: { fr: '/compte/messages', en: '/en/account/messages' },
  callBack: { fr: '/etre-rappele', en: '/en/call-back' },
  letterAnswer: { fr: '/reponse', en: '/en/answer' },
  preferences: { fr: '/mes-preferences', en: '/en/preferences' },
  unsubscribe: { fr: '/desinscription', en: '/en/unsubscribe' },
  myData: { fr: '/mes-donnees', en: '/en/my-data' },
  tastes: { fr: '/compte/mes-gouts', en: '/en/account/my-tastes' },
  visits: { fr: '/mes-visites', en: '/en/my-visits' },
  privacy: { fr: '/confidentialite', en: '/en/privacy' },
} as const satisfies Record<string, Record<Locale, `/${string}`>>

export type AddressName = keyof typeof addresses

export type QueryValues = Record<string, string | number | readonly string[] | null | undefined>

/** One address with its parameters filled and its query written; empty values are left out, lists repeat. */
export function addressOf(
  name: AddressName,
  locale: Locale,
  params: Record<string, string> = {},
  query: QueryValues = {},
): string {
  const path = addresses[name][locale].replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(key, String(one))
    }
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** The page of an order for whoever holds its access token: the address e-mails link to. */
export function orderAddress(locale: Locale, orderId: string, accessToken: string): string {
  return addressOf('order', locale, { orderId }, { token: accessToken })
}
