import type { InlineConfig } from 'vite'

export function serverBuild(bundle: {
  input: Record<string, string>
  folder: string
  logLevel?: 'error' | 'warn'
}): InlineConfig

export const threads: Record<string, string>
