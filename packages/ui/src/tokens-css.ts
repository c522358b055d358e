import { toCss } from './oklch.ts'
import {
  channels,
  colours,
  elevation,
  fonts,
  motionMs,
  radii,
  spaces,
  targetPx,
  textSizes,
  type ThemeName,
} from './tokens.ts'

/** The whole of `tokens.css`, from the data of `tokens.ts`. */
export function tokensCss(): string {
  return (
    [
      '/* Generated from tokens.ts by `npm run tokens -w @ecluse/ui`. Change the data, not this file. */',
      block(':root', [...sharedTokens(), ...themeTokens('light')]),
      `@media screen and (prefers-color-scheme: dark) {\n${block(":root:not([data-theme='light'])", themeTokens('dark'), '  ')}\n}`,
      `@media screen {\n${block(":root[data-theme='dark']", themeTokens('dark'), '  ')}\n}`,
      `@media print {\n${block(':root', ['--color-paper: #fff', '--color-surface: #fff', '--shadow-float: none'], '  ')}\n}`,
      `@media (prefers-reduced-motion: reduce) {\n${block(':root', ['--motion: 0ms'], '  ')}\n}`,
    ].join('\n\n') + '\n'
  )
}

function sharedTokens(): string[] {
  return [
    ...Object.entries(fonts).map(([name, value]) => `--font-${name}: ${value}`),
    ...textSizes.map((size) => `--text-${size}: ${size / 16}rem`),
    ...spaces.map((space) => `--space-${space}: ${space / 16}rem`),
    `--radius: ${radii.normal}px`,
    `--radius-dense: ${radii.dense}px`,
    `--target: ${targetPx}px`,
    `--motion: ${motionMs}ms`,
  ]
}

function themeTokens(theme: ThemeName): string[] {
  return [
    `color-scheme: ${theme}`,
    ...Object.entries(colours[theme]).map(([name, colour]) => `--color-${name}: ${toCss(colour)}`),
    ...Object.entries(channels[theme]).map(([name, colour]) => `--channel-${name}: ${toCss(colour)}`),
    `--shadow-float: ${elevation[theme]}`,
  ]
}

function block(selector: string, declarations: readonly string[], indent = ''): string {
  const lines = declarations.map((declaration) => `${indent}  ${declaration};`)
  return [`${indent}${selector} {`, ...lines, `${indent}}`].join('\n')
}
