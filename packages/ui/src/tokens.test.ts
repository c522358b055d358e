import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { channelMedia } from '@ecluse/contracts/channels.ts'
import { contrast, distance, fitToSrgb, fromRgb, isInSrgb, toHex, toRgb, type Oklch } from './oklch.ts'
import { tokensCss } from './tokens-css.ts'
import { channelGrounds, channels, colours, contrastPairs, motionMs } from './tokens.ts'

const themes = ['light', 'dark'] as const

test('tokens.css says what tokens.ts says', () => {
  expect(readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')).toBe(tokensCss())
})

test.each(themes)('every declared pair of the %s theme has its contrast', (theme) => {
  const failures = contrastPairs
    .map(([foreground, background, least]) => ({
      pair: `${foreground} on ${background}`,
      ratio: contrast(colours[theme][foreground], colours[theme][background]),
      least,
    }))
    .filter(({ ratio, least }) => ratio < least)
  expect(failures).toEqual([])
})

test.each(themes)('every channel is readable on the grounds of the %s theme', (theme) => {
  for (const medium of channelMedia) {
    const own = channels[theme][medium]
    const grounds = [channels[theme][`${medium}-soft`], ...channelGrounds.map((ground) => colours[theme][ground])]
    for (const ground of grounds) expect(contrast(own, ground), medium).toBeGreaterThanOrEqual(4.5)
  }
})

test.each(themes)('no two channels of the %s theme look the same', (theme) => {
  for (const first of channelMedia)
    for (const second of channelMedia)
      if (first < second)
        expect(distance(channels[theme][first], channels[theme][second]), `${first} ${second}`).toBeGreaterThan(0.035)
})

test.each(themes)('every colour of the %s theme can be shown in sRGB', (theme) => {
  for (const [name, colour] of [...Object.entries(colours[theme]), ...Object.entries(channels[theme])])
    expect(isInSrgb(colour), `${name} ${colour.join(' ')}`).toBe(true)
})

test('nothing moves for longer than 150 ms', () => {
  expect(motionMs).toBeLessThanOrEqual(150)
})

const rgb = fc.tuple(
  fc.integer({ min: 0, max: 255 }),
  fc.integer({ min: 0, max: 255 }),
  fc.integer({ min: 0, max: 255 }),
)

test('sRGB to OKLCH and back is the same colour', () => {
  fc.assert(
    fc.property(rgb, (bytes) => {
      const back = toRgb(fromRgb(bytes.map((byte) => byte / 255) as [number, number, number]))
      expect(back.map((channel) => Math.abs(Math.round(channel * 255)))).toEqual(bytes)
    }),
  )
})

test('contrast is symmetric, at least 1 and at most 21, and 21 for black on white', () => {
  const black: Oklch = [0, 0, 0]
  const white: Oklch = [1, 0, 0]
  expect(contrast(black, white)).toBeCloseTo(21, 5)
  fc.assert(
    fc.property(rgb, rgb, (first, second) => {
      const [a, b] = [first, second].map((bytes) =>
        fromRgb(bytes.map((byte) => byte / 255) as [number, number, number]),
      )
      const ratio = contrast(a!, b!)
      expect(ratio).toBe(contrast(b!, a!))
      expect(ratio).toBeGreaterThanOrEqual(1)
      expect(ratio).toBeLessThanOrEqual(21.0001)
    }),
  )
})

test('fitting keeps lightness and hue and always lands inside sRGB', () => {
  const anyColour = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 0.4, noNaN: true }),
    fc.double({ min: 0, max: 360, noNaN: true }),
  )
  fc.assert(
    fc.property(anyColour, (colour) => {
      const fitted = fitToSrgb(colour)
      expect(isInSrgb(fitted)).toBe(true)
      expect([fitted[0], fitted[2]]).toEqual([colour[0], colour[2]])
      expect(fitted[1]).toBeLessThanOrEqual(colour[1])
    }),
  )
})

// Reference values of CSS Color 4, sample conversions of named colours.
test.each([
  ['#ff0000', [0.62796, 0.25768, 29.234]],
  ['#008000', [0.51975, 0.17686, 142.495]],
  ['#0000ff', [0.45201, 0.31321, 264.052]],
] as const)('%s is the OKLCH colour that CSS says', (hex, colour) => {
  expect(toHex(colour as Oklch)).toBe(hex)
})
