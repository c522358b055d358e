import { toBuffer, toSVG } from 'bwip-js/node'

/**
 * QR codes (ISO/IEC 18004), black on white whatever the theme: scanners expect it. Error correction M; the quiet zone of four
 * modules that the standard asks for is part of the picture.
 */
const options = { bcid: 'qrcode', eclevel: 'M', paddingwidth: 8, paddingheight: 8, backgroundcolor: 'FFFFFF' } as const

/** A QR code as SVG without a size of its own: it fills the box it is given. */
export function qrSvg(text: string): string {
  return toSVG({ ...options, text })
}

/** A QR code as PNG, `scale` pixels for half a module. */
export function qrPng(text: string, scale = 3): Promise<Buffer> {
  return toBuffer({ ...options, text, scale })
}
