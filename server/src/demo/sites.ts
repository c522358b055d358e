import type { SiteInput } from '../modules/channels/public.ts'

type Hours = SiteInput['openingHours']

/** A shop of the company: its town, where it is, and how big it is. Streets and telephone numbers are invented. */
export type DemoShop = {
  readonly code: string
  readonly town: string
  readonly street: string
  readonly postalCode: string
  readonly at: readonly [latitude: number, longitude: number]
  /** ARCEP keeps these ranges for works of fiction (decision 2018-0881, 2.5.12). */
  readonly phone: string
  readonly size: 'large' | 'small'
  readonly hours: Hours
}

function week(open: readonly number[], ...spans: readonly (readonly [string, string])[]): Hours {
  return open.flatMap((weekday) => spans.map(([opens, closes]) => ({ weekday, opens, closes })))
}

const tuesdayToSaturday = week([2, 3, 4, 5, 6], ['10:00', '19:00'])
const mondayToSaturday = week([1, 2, 3, 4, 5, 6], ['10:00', '19:30'])
const withLunch = [...week([2, 3, 4, 5], ['10:00', '12:30'], ['14:00', '19:00']), ...week([6], ['10:00', '19:00'])]

/** “de Nantes”, but “d’Annecy”: French elides before a vowel. */
export const ofTown = (town: string): string => (/^[aeiouyhàâéèêîôû]/i.test(town) ? `d’${town}` : `de ${town}`)

export const demoShops: readonly DemoShop[] = [
  {
    code: 'nantes',
    town: 'Nantes',
    street: '14 quai des Gabarres',
    postalCode: '44000',
    at: [47.2126, -1.5561],
    phone: '+33261910114',
    size: 'large',
    hours: mondayToSaturday,
  },
  {
    code: 'rennes',
    town: 'Rennes',
    street: '8 rue du Pré-Botté-Neuf',
    postalCode: '35000',
    at: [48.1086, -1.6789],
    phone: '+33261910208',
    size: 'small',
    hours: tuesdayToSaturday,
  },
  {
    code: 'tours',
    town: 'Tours',
    street: '31 rue de la Levée',
    postalCode: '37000',
    at: [47.3946, 0.6848],
    phone: '+33261910331',
    size: 'small',
    hours: withLunch,
  },
  {
    code: 'paris',
    town: 'Paris',
    street: '52 quai de l’Écluse-Saint-Martin',
    postalCode: '75010',
    at: [48.8737, 2.3646],
    phone: '+33199000452',
    size: 'large',
    hours: [...mondayToSaturday, ...week([7], ['11:00', '18:00'])],
  },
  {
    code: 'lille',
    town: 'Lille',
    street: '6 place du Beffroi-Neuf',
    postalCode: '59000',
    at: [50.6359, 3.0633],
    phone: '+33353010506',
    size: 'small',
    hours: tuesdayToSaturday,
  },
  {
    code: 'strasbourg',
    town: 'Strasbourg',
    street: '17 quai du Vieux-Moulin',
    postalCode: '67000',
    at: [48.5795, 7.7411],
    phone: '+33353010617',
    size: 'large',
    hours: mondayToSaturday,
  },
  {
    code: 'lyon',
    town: 'Lyon',
    street: '23 rue du Bac-à-Traille',
    postalCode: '69002',
    at: [45.7528, 4.8286],
    phone: '+33465710723',
    size: 'large',
    hours: mondayToSaturday,
  },
  {
    code: 'grenoble',
    town: 'Grenoble',
    street: '4 cours des Trois-Massifs',
    postalCode: '38000',
    at: [45.1869, 5.7268],
    phone: '+33465710804',
    size: 'small',
    hours: tuesdayToSaturday,
  },
  {
    code: 'annecy',
    town: 'Annecy',
    street: '11 passage du Thiou-Vert',
    postalCode: '74000',
    at: [45.8988, 6.1253],
    phone: '+33465710911',
    size: 'small',
    hours: withLunch,
  },
  {
    code: 'marseille',
    town: 'Marseille',
    street: '39 rue de la Calanque',
    postalCode: '13002',
    at: [43.2998, 5.3698],
    phone: '+33465711039',
    size: 'small',
    hours: tuesdayToSaturday,
  },
  {
    code: 'toulouse',
    town: 'Toulouse',
    street: '27 allée du Port-Neuf',
    postalCode: '31000',
    at: [43.6051, 1.4357],
    phone: '+33536491127',
    size: 'large',
    hours: mondayToSaturday,
  },
  {
    code: 'bordeaux',
    town: 'Bordeaux',
    street: '5 quai des Chartons-Bleus',
    postalCode: '33000',
    at: [44.8523, -0.5696],
    phone: '+33536491205',
    size: 'small',
    hours: tuesdayToSaturday,
  },
]

/** A shop as the channels module takes it. */
export function siteOfShop(shop: DemoShop): SiteInput {
  return {
    code: shop.code,
    kind: 'shop',
    name: `Alizé ${shop.town}`,
    street: shop.street,
    postalCode: shop.postalCode,
    locality: shop.town,
    country: 'FR',
    latitude: shop.at[0],
    longitude: shop.at[1],
    phone: shop.phone,
    timeZone: 'Europe/Paris',
    openingHours: shop.hours,
    offersPickup: true,
    pickupReadyMinutes: shop.size === 'large' ? 120 : 180,
  }
}

/** Where web orders leave from. */
export const warehouse: SiteInput = {
  code: 'entrepot',
  kind: 'warehouse',
  name: 'Entrepôt de Saint-Pierre-des-Corps',
  street: '2 rue du Triage-Nord',
  postalCode: '37700',
  locality: 'Saint-Pierre-des-Corps',
  country: 'FR',
  latitude: 47.3889,
  longitude: 0.7361,
  phone: '+33261911200',
  timeZone: 'Europe/Paris',
  openingHours: week([1, 2, 3, 4, 5], ['07:00', '17:00']),
  offersPickup: false,
  pickupReadyMinutes: 0,
}
