/**
 * QR codes (ISO/IEC 18004), black on white whatever the theme: scanners expect it. Error correction M; the quiet zone of four
 * modules that the standard asks for is part of the picture.
 */
const options = { bcid: 'qrcode', eclevel: 'M', paddingwidth: 8, paddingheight: 8, backgroundcolor: 'FFFFFF' } as const

/** Loaded when a code is first asked for: it knows a hundred kinds of them, which takes memory. */
const loadDrawing = () => import('bwip-js/node')

/** A QR code as SVG without a size of its own: it fills the box it is given. */
export async function qrSvg(text: string): Promise<string> {
  const { toSVG } = await loadDrawing()
  return toSVG({ ...options, text })
}

/** A QR code as PNG, `scale` pixels for half a module. */
export async function qrPng(text: string, scale = 3): Promise<Buffer> {
  const { toBuffer } = await loadDrawing()
  return toBuffer({ ...options, text, scale })
}
