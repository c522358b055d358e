/** @jsxRuntime automatic @jsxImportSource preact */
import { drawLogo } from '@ecluse/ui/drawing/logo.ts'

const logo = drawLogo('alize', { colour: 'currentColor' })

/** The shop's mark and name, in the colour of the text around. */
export function Logo() {
  return <span class="logo-drawing" aria-hidden="true" dangerouslySetInnerHTML={{ __html: logo }} />
}
