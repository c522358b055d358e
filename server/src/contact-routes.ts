import type { Services } from './kernel/context.ts'
import type { Routes } from './kernel/http/implement.ts'
import { mailDesk, mailLinks } from './mail-links.ts'
import { limitReservations } from './modules/access/public.ts'
import { callRoutes } from './modules/engagement/calls/routes.ts'
import { letterRoutes } from './modules/engagement/letters/routes.ts'
import { mailboxRoutes } from './modules/engagement/mailbox/routes.ts'
import { textRoutes } from './modules/engagement/media/routes.ts'
import { pushRoutes } from './modules/engagement/push/routes.ts'
import { salesVisitRoutes } from './modules/engagement/visits/routes.ts'
import { mailTemplateRoutes } from './modules/engagement/templates/routes.ts'
import type { OfferModel } from './modules/offers/public.ts'

/** What the API answers of how customers are written to, called and visited. */
export function contactRoutes(services: Services, model: OfferModel): Routes[] {
  const desk = mailDesk(services.config, model)
  return [
    callRoutes,
    salesVisitRoutes,
    letterRoutes({ ...desk, ...mailLinks(services.config) }),
    mailboxRoutes,
    textRoutes,
    pushRoutes({ limitAsking: (request) => limitReservations(services, request.ip) }),
    mailTemplateRoutes(desk),
  ]
}
