import type { Draft } from './draft.ts'

type Patch = Pick<Draft, 'media' | 'variants'>

/** Takes a picture away; variants that showed it show none, those that showed a later one still show theirs. */
export function afterRemoval(draft: Draft, index: number): Patch {
  return {
    media: draft.media.filter((_, i) => i !== index),
    variants: renumbered(draft, (at) => (at === index ? null : at > index ? at - 1 : at)),
  }
}

/** Moves a picture by one place; each variant keeps showing the same picture. */
export function afterMove(draft: Draft, from: number, to: number): Patch {
  const media = [...draft.media]
  const [moved] = media.splice(from, 1)
  if (moved) media.splice(to, 0, moved)
  return { media, variants: renumbered(draft, (at) => (at === from ? to : at === to ? from : at)) }
}

function renumbered(draft: Draft, next: (at: number) => number | null): Draft['variants'] {
  return draft.variants.map((variant) =>
    variant.mediaIndex === null ? variant : { ...variant, mediaIndex: next(variant.mediaIndex) },
  )
}
