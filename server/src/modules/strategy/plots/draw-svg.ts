import { escapeHtml } from './escape-html.ts'
import type { Drawing, Point, Shape } from './drawing.ts'

/** A drawing as SVG, for a page. */
export function drawSvg({ width, height, label, shapes }: Drawing): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}" font-family="Inter, system-ui, sans-serif">${shapes.map(svgOf).join('')}</svg>`
}

function svgOf(shape: Shape): string {
  switch (shape.kind) {
    case 'line':
      return `<polyline points="${pointsOf(shape.points)}" fill="none" stroke="${shape.color}" stroke-width="${shape.width}"${shape.dashed ? ' stroke-dasharray="5 3"' : ''}/>`
    case 'area':
      return `<polygon points="${pointsOf(shape.points)}" fill="${shape.color}" fill-opacity="${shape.opacity}"/>`
    case 'bar':
      return `<rect x="${round(shape.x)}" y="${round(shape.y)}" width="${round(shape.width)}" height="${round(shape.height)}" fill="${shape.color}"/>`
    case 'text':
      return `<text x="${round(shape.x)}" y="${round(shape.y)}" font-size="${shape.size}" text-anchor="${shape.anchor}" fill="${shape.color}"${shape.strong ? ' font-weight="600"' : ''}>${escapeHtml(shape.text)}</text>`
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
const pointsOf = (points: readonly Point[]): string => points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')
