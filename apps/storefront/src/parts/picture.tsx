/** @jsxRuntime automatic @jsxImportSource preact */
import { isOwnPicture } from '@ecluse/ui/own-picture.ts'

/** Drawn for goods without a picture of ours. A picture kept elsewhere is not asked for: a visit here stays here. */
export const placeholderPath = '/shop-placeholder.svg'

export const placeholderSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><style>.g{fill:#eceee9}.l{fill:none;stroke:#8a9a98;stroke-width:3;stroke-linejoin:round;stroke-linecap:round}@media (prefers-color-scheme:dark){.g{fill:#1c292c}.l{stroke:#6f8284}}</style><path class="g" d="M0 0h400v300H0z"/><g class="l"><path d="M138 122l62-30 62 30v74l-62 32-62-32zM138 122l62 32 62-32M200 154v74M169 107l62 32v24"/></g></svg>`

type Props = {
  url: string | null | undefined
  alt: string
  width?: number
  height?: number
  /** The first pictures of a page are fetched at once, the others as they come into view. */
  eager?: boolean
}

/** A picture whose place is kept before it arrives. */
export function Picture({ url, alt, width = 400, height = 300, eager = false }: Props) {
  return (
    <img
      src={isOwnPicture(url) ? url : placeholderPath}
      alt={alt}
      width={width}
      height={height}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      fetchpriority={eager ? 'high' : undefined}
    />
  )
}
