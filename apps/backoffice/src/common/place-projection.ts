type At = { readonly latitude: number; readonly longitude: number }

/**
 * Degrees to a drawing, north up and distances true to each other: a degree of longitude is shorter by the cosine of the latitude.
 * @param least degrees that the drawing shows at least, so that places of one town are not drawn as if it were the world
 */
export function placeProjection(
  places: readonly At[],
  { width, height, margin, least = 1e-6 }: { width: number; height: number; margin: number; least?: number },
): (at: At) => { x: number; y: number } {
  const middle = places.reduce((sum, { latitude }) => sum + latitude, 0) / Math.max(1, places.length)
  const shrink = Math.cos((middle * Math.PI) / 180)
  const xs = places.map(({ longitude }) => longitude * shrink)
  const ys = places.map(({ latitude }) => -latitude)
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const scale = Math.min(
    (width - 2 * margin) / Math.max(maxX - minX, least),
    (height - 2 * margin) / Math.max(maxY - minY, least),
  )
  const round = (value: number) => Math.round(value * 10) / 10
  return ({ latitude, longitude }) => ({
    x: round(width / 2 + (longitude * shrink - (minX + maxX) / 2) * scale),
    y: round(height / 2 + (-latitude - (minY + maxY) / 2) * scale),
  })
}
