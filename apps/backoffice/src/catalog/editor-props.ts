import type { Draft } from './draft.ts'

/** What every part of the product editor is given. Errors are by path: `variants.0.gtin`. */
export type EditorProps = {
  draft: Draft
  change: (patch: Partial<Draft>) => void
  errors: Readonly<Record<string, string>>
}
