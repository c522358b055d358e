import { addressOf } from '@ecluse/storefront/paths.ts'
import type { Config } from './kernel/config.ts'
import type { Services } from './kernel/context.ts'
import type { Routes } from './kernel/http/implement.ts'
import { limitCodes, limitReservations } from './modules/access/public.ts'
import { consentRoutes } from './modules/customers/consent/routes.ts'
import type { RightsDesk } from './modules/rights/public.ts'
import { registerRoutes } from './modules/rights/register/routes.ts'
import { restrictionRoutes } from './modules/rights/restriction-routes.ts'
import { retentionRoutes } from './modules/rights/retention/routes.ts'
import { rightsRoutes } from './modules/rights/routes.ts'
import { personalParts } from './personal-parts.ts'

/** What the API answers to people about what is known of them, and to the staff who see to it. */
export function rightsOfPeopleRoutes(services: Services): Routes[] {
  const desk = rightsDesk(services.config)
  const limitAsking = (request: { ip: string }) => limitReservations(services, request.ip)
  const limitLinks = (request: { ip: string }) => limitCodes(services, request.ip)
  return [
    rightsRoutes({ ...desk, limitAsking, limitLinks }),
    restrictionRoutes(desk),
    registerRoutes(personalParts),
    retentionRoutes({ limitLinks }),
    consentRoutes({ limitAsking }),
  ]
}

/** What is known of people, and the page of the shop that they are sent to. */
export function rightsDesk({ publicUrl }: Config): RightsDesk {
  return {
    parts: personalParts,
    link: (locale, token) => `${publicUrl}${addressOf('myData', locale, {}, { token })}`,
    page: (locale) => `${publicUrl}${addressOf('myData', locale)}`,
    preferences: (locale, token) => `${publicUrl}${addressOf('preferences', locale, {}, { token })}`,
    keepLink: (locale, token) => `${publicUrl}${addressOf('myData', locale, {}, { keep: token })}`,
  }
}
