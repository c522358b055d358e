/** @jsxRuntime automatic @jsxImportSource preact */
import { drawLogo } from '@ecluse/ui/drawing/logo.ts'
import { Markup } from '../parts/markup.tsx'

const logo = drawLogo('alize', { colour: 'currentColor' })

/** The shop's mark and name, in the colour of the text around. */
export function Logo() {
  return <Markup tag="span" class="logo-drawing" html={logo} hidden />
}
