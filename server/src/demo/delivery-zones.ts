import type { PutZoneBody } from '@ecluse/contracts/windows.ts'

type Area = readonly [prefix: string, latitude: number, longitude: number]

/** A town where the company's own vehicles deliver, with how many deliveries a day the demo has. */
export type DemoZone = {
  readonly code: string
  readonly name: string
  readonly shop: string
  readonly locality: string
  readonly centre: readonly [latitude: number, longitude: number]
  readonly areas: readonly Area[]
  readonly weekdays: readonly number[]
  readonly times: readonly string[]
  readonly capacity: number
  readonly vehicles: readonly { name: string; capacityKg: number; from: string; until: string; active: true }[]
  readonly perDay: number
}

const cargoBike = { name: 'Vélo-cargo', capacityKg: 150, from: '09:00', until: '19:30', active: true as const }
const van = (number: number) => ({
  name: `Fourgon ${number}`,
  capacityKg: 700,
  from: '07:30',
  until: '21:00',
  active: true as const,
})

/** Middles of postal codes, read off a map to the nearest hundred metres. */
export const demoZones: readonly DemoZone[] = [
  {
    code: 'nantes',
    name: 'Nantes et alentours',
    shop: 'nantes',
    locality: 'Nantes',
    centre: [47.218, -1.554],
    areas: [
      ['44000', 47.218, -1.554],
      ['44100', 47.212, -1.591],
      ['44200', 47.203, -1.543],
      ['44300', 47.254, -1.527],
      ['44400', 47.191, -1.549],
      ['44800', 47.224, -1.634],
    ],
    weekdays: [1, 2, 3, 4, 5, 6],
    times: ['08:00', '10:00', '14:00', '16:00', '18:00'],
    capacity: 5,
    vehicles: [van(1), cargoBike],
    perDay: 4,
  },
  {
    code: 'lyon',
    name: 'Lyon et Villeurbanne',
    shop: 'lyon',
    locality: 'Lyon',
    centre: [45.76, 4.84],
    areas: [
      ['69001', 45.77, 4.83],
      ['69002', 45.753, 4.829],
      ['69003', 45.753, 4.869],
      ['69004', 45.777, 4.827],
      ['69005', 45.756, 4.802],
      ['69006', 45.77, 4.85],
      ['69007', 45.733, 4.838],
      ['69008', 45.735, 4.869],
      ['69009', 45.778, 4.804],
      ['69100', 45.772, 4.89],
    ],
    weekdays: [2, 3, 4, 5, 6],
    times: ['10:00', '14:00', '18:00'],
    capacity: 4,
    vehicles: [van(1)],
    perDay: 3,
  },
  {
    code: 'paris',
    name: 'Paris et Montreuil',
    shop: 'paris',
    locality: 'Paris',
    centre: [48.857, 2.352],
    areas: [
      ['750', 48.857, 2.352],
      ['75003', 48.863, 2.36],
      ['75004', 48.854, 2.358],
      ['75009', 48.877, 2.338],
      ['75010', 48.876, 2.361],
      ['75011', 48.859, 2.378],
      ['75012', 48.841, 2.388],
      ['75013', 48.828, 2.362],
      ['75014', 48.829, 2.327],
      ['75015', 48.84, 2.293],
      ['75017', 48.887, 2.307],
      ['75018', 48.893, 2.348],
      ['75019', 48.887, 2.385],
      ['75020', 48.863, 2.401],
      ['93100', 48.864, 2.449],
    ],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    times: ['08:00', '10:00', '12:00', '14:00', '16:00', '18:00'],
    capacity: 6,
    vehicles: [van(1), van(2), cargoBike],
    perDay: 5,
  },
]

/** A zone as the fulfilment module takes it. Evenings cost more. */
export function zoneBody(zone: DemoZone, placeId: string): PutZoneBody {
  return {
    name: zone.name,
    placeId,
    centre: { latitude: zone.centre[0], longitude: zone.centre[1] },
    serviceMinutes: 10,
    active: true,
    areas: zone.areas.map(([prefix, latitude, longitude]) => ({ prefix, coordinates: { latitude, longitude } })),
    template: zone.weekdays.flatMap((weekday) =>
      zone.times.map((from) => ({
        weekday,
        from,
        capacity: zone.capacity,
        cutOffHours: 3,
        feeMinor: from >= '18:00' ? 990 : 690,
      })),
    ),
  }
}
