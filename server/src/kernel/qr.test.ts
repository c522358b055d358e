import { expect, test } from 'vitest'
import { qrPng, qrSvg } from './qr.ts'

test('draws a code as SVG that fills its box, with the quiet zone of four modules', async () => {
  const svg = await qrSvg('K7M2QX')
  // Version 1: 21 modules of 4 units, 4 modules of margin on each side.
  expect(svg).toMatch(/^<svg viewBox="0 0 116 116" xmlns/)
  expect(svg).not.toMatch(/<script|href/)
  expect(await qrSvg('K7M2QX')).toBe(svg)
  expect(await qrSvg('AUTRE7')).not.toBe(svg)
})

test('draws the same code as a PNG', async () => {
  const png = await qrPng('K7M2QX', 2)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(116)
  expect(png.readUInt32BE(20)).toBe(116)
})
