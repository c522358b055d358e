import { expect, test } from 'vitest'
import { greatCircle, matrixTravel, planeTravel, roadTravel } from './travel.ts'

const paris = { latitude: 48.8566, longitude: 2.3522 }
const nantes = { latitude: 47.2184, longitude: -1.5536 }

test('the great circle: a quarter of the Earth, a degree, Paris to Nantes, across the date line, and a street', () => {
  expect(greatCircle({ latitude: 0, longitude: 0 }, { latitude: 90, longitude: 0 })).toBeCloseTo(10_007_557, 0)
  expect(greatCircle({ latitude: 45, longitude: 3 }, { latitude: 46, longitude: 3 })).toBeCloseTo(111_195, 0)
  expect(greatCircle(paris, nantes) / 1_000).toBeCloseTo(342.7, 0)
  expect(greatCircle(nantes, paris)).toBe(greatCircle(paris, nantes))
  expect(greatCircle({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(111_195, 0)
  expect(greatCircle(nantes, { ...nantes, latitude: nantes.latitude + 1e-5 })).toBeCloseTo(1.112, 3)
})

test('roads are longer than the great circle, and take whole seconds', () => {
  const travel = roadTravel({ roadFactor: 1.5, kilometresPerHour: 36, secondsPerLeg: 60 })
  expect(travel.distance(paris, nantes)).toBeCloseTo(greatCircle(paris, nantes) * 1.5, 6)
  expect(travel.duration(paris, nantes)).toBe(Math.ceil(travel.distance(paris, nantes) / 10) + 60)
  expect(travel.duration(paris, paris)).toBe(0)
  expect(() => travel.distance(paris, { x: 1, y: 2 })).toThrow('latitudes')
})

test('planes and matrices', () => {
  expect(planeTravel().distance({ x: 0, y: 0 }, { x: 3, y: 4 })).toBe(5)
  expect(planeTravel(Math.floor).duration({ x: 0, y: 0 }, { x: 1, y: 1 })).toBe(1)
  expect(() => planeTravel().distance(paris, nantes)).toThrow('x and y')
  const travel = matrixTravel(2, [0, 1, 2, 0], [0, 10, 20, 0])
  expect([travel.distance({ node: 1 }, { node: 0 }), travel.duration({ node: 0 }, { node: 1 })]).toEqual([2, 10])
  expect(() => travel.distance({ node: 0 }, { node: 2 })).toThrow('not in the travel matrix')
  expect(() => matrixTravel(2, [0], [0])).toThrow('4 entries')
})
