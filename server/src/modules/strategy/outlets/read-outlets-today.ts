import {
  outletLimits,
  trainedFigure,
  unjudgedOutlet,
  type OutletCandidate,
  type OutletsToday,
} from '@ecluse/contracts/outlets.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { listSites } from '../../channels/public.ts'
import { trainedShops } from '../../training/public.ts'
import { companySites, salesByArea } from './queries/outlet-facts.ts'

const mostAreas = 200

/** Where customers live and what they bought in a year, the firm's shops with what of their staff is trained, and the sites of companies it sells to. */
export async function readOutletsToday(ctx: Ctx): Promise<OutletsToday> {
  const since = ctx.clock.now()
  since.setUTCFullYear(since.getUTCFullYear() - 1)
  const [rows, sites, trained, companies] = await Promise.all([
    salesByArea(ctx.db, since),
    listSites(ctx.db),
    trainedShops(ctx.db, ctx.clock.now()),
    companySites(ctx.db, outletLimits.outlets),
  ])
  const located = rows.flatMap(({ postal_code: postalCode, country, ...row }) =>
    postalCode !== null && country !== null ? [{ ...row, postalCode, country }] : [],
  )
  const shops = sites
    .filter(({ kind }) => kind === 'shop')
    .map(({ id, name, country, postalCode, latitude, longitude }) => ({
      ...unjudgedOutlet,
      figures: figuresOf(trained.find(({ siteId }) => siteId === id)),
      name,
      country,
      postalCode,
      latitude,
      longitude,
      open: true,
    }))
  const partners = companies.flatMap(({ name, company, country, postal_code: postalCode }) =>
    postalCode
      ? [
          {
            ...unjudgedOutlet,
            name: `${company} · ${name}`,
            country: country ?? 'FR',
            postalCode,
            latitude: null,
            longitude: null,
            open: false,
          },
        ]
      : [],
  )
  return {
    since: since.toISOString(),
    orders: rows.reduce((sum, { orders }) => sum + orders, 0),
    located: located.reduce((sum, { orders }) => sum + orders, 0),
    areas: located.slice(0, mostAreas).map(({ country, postalCode, locality, sales_minor }) => ({
      country,
      postalCode,
      name: (locality ?? '').slice(0, 120),
      spend: Math.max(0, Number(sales_minor) / 100),
    })),
    outlets: namedOnce([...shops, ...partners]).slice(0, outletLimits.outlets),
  }
}

/** Two of the same name are told apart by their postal codes, and then by a number. */
function namedOnce(outlets: readonly OutletCandidate[]): OutletCandidate[] {
  const seen = new Set<string>()
  return outlets.map((outlet) => {
    const base = outlet.name.slice(0, 90)
    let name = base
    for (let nth = 1; seen.has(name); nth++) name = `${base} ${outlet.postalCode}${nth > 1 ? ` (${nth})` : ''}`
    seen.add(name)
    return { ...outlet, name }
  })
}

function figuresOf(trained: { share: number | null } | undefined): Record<string, number> {
  return trained?.share == null ? {} : { [trainedFigure]: Math.round(trained.share * 1_000) / 10 }
}
