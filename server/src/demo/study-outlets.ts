import { unjudgedOutlet, type OutletCandidate, type OutletQuestion } from '@ecluse/contracts/outlets.ts'
import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createStudy, readOutletsToday } from '../modules/strategy/public.ts'
import { onceKey, type DemoStage } from './demo-stage.ts'
import { frenchSpaces } from './french-spaces.ts'
import { demoShops } from './sites.ts'
import { staffOf } from './staff-of.ts'

/** What people there spend on bicycles and what goes with them a year, in thousands of euros; invented, by size of town. */
const towns: readonly (readonly [postalCode: string, name: string, thousands: number])[] = [
  ['75011', 'Paris', 9_800],
  ['69003', 'Lyon', 4_100],
  ['13006', 'Marseille', 3_300],
  ['31000', 'Toulouse', 3_200],
  ['44000', 'Nantes', 3_100],
  ['33000', 'Bordeaux', 2_900],
  ['67000', 'Strasbourg', 2_700],
  ['34000', 'Montpellier', 2_100],
  ['59000', 'Lille', 2_000],
  ['35000', 'Rennes', 1_900],
  ['38000', 'Grenoble', 1_900],
  ['06000', 'Nice', 1_500],
  ['21000', 'Dijon', 1_200],
  ['37000', 'Tours', 1_150],
  ['29200', 'Brest', 1_100],
  ['74000', 'Annecy', 1_050],
  ['76000', 'Rouen', 1_000],
  ['63000', 'Clermont-Ferrand', 950],
  ['49000', 'Angers', 900],
  ['56000', 'Vannes', 600],
]

type Dealer = readonly [name: string, postalCode: string, figures: Partial<OutletCandidate>]
/** Dealers who asked to sell Alizé's own bicycles; invented. */
const dealers: readonly Dealer[] = [
  ['Cycles du Ponant, Brest', '29200', { surface: 180, image: 7.5, priceDiscipline: 0.96, cost: 9_000 }],
  ['La Roue dijonnaise', '21000', { surface: 120, image: 6.5, priceDiscipline: 0.9, cost: 8_000 }],
  ['Vélos des Garrigues, Montpellier', '34000', { surface: 210, image: 8, priceDiscipline: 0.94, cost: 10_000 }],
  ['Le Petit Plateau, Nice', '06000', { surface: 45, image: 7, priceDiscipline: 0.98, cost: 6_000 }],
  ['Destock’Cycles, Rouen', '76000', { surface: 400, image: 3, priceDiscipline: 0.35, cost: 7_000 }],
  ['Cyclable des Volcans, Clermont-Ferrand', '63000', { surface: 95, image: 6, priceDiscipline: 0.88, cost: 7_500 }],
]

/** Where Alizé might have its bicycles sold: its shops beside dealers who asked, by what towns buy. */
export async function studyOutlets({ app }: DemoStage): Promise<void> {
  const ctx = { ...systemContext(app.services, 'demo'), actor: staffOf(null, 'Maud Kerviel') }
  const { outlets } = await readOutletsToday(ctx)
  const question: OutletQuestion = {
    areas: towns.map(([postalCode, name, thousands]) => ({
      country: 'FR',
      postalCode,
      name,
      spend: thousands * 1_000,
    })),
    outlets: [...outlets.filter(({ open }) => open).map(asToday), ...dealers.map(asAsked)],
    criteria: [
      { code: 'surface', name: 'Surface de vente', least: 80, required: true, weight: 2, source: 'measured' },
      { code: 'image', name: 'Image', least: 5, required: true, weight: 2, source: 'judged' },
      { code: 'trained', name: 'Équipe formée', least: 80, required: false, weight: 1, source: 'measured' },
      {
        code: 'price_discipline',
        name: 'Prix observés au prix conseillé',
        least: 80,
        required: false,
        weight: 1,
        source: 'measured',
      },
    ],
    reach: 60,
    most: 10,
    apart: 120,
    budget: null,
    distanceWeight: 2,
    elsewhere: 400,
  }
  await command({ ...ctx, idempotency: onceKey('study-outlets') }, async (tx) => {
    const name = frenchSpaces('Faire vendre nos vélos par des détaillants ?')
    await createStudy(ctx, tx, { kind: 'outlets', name, question })
    return {}
  })
}

function asToday(outlet: OutletCandidate): OutletCandidate {
  const shop = demoShops.find(({ town }) => outlet.name.includes(town))
  return shop?.size === 'large'
    ? { ...outlet, surface: 340, image: 8.5, cost: 26_000 }
    : { ...outlet, surface: 150, image: 8, cost: 14_000 }
}

function asAsked([name, postalCode, figures]: Dealer): OutletCandidate {
  return {
    name,
    country: 'FR',
    postalCode,
    latitude: null,
    longitude: null,
    open: false,
    ...unjudgedOutlet,
    ...figures,
  }
}
