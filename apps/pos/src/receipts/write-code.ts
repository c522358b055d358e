import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import wasmUrl from 'zxing-wasm/writer/zxing_writer.wasm?url'

prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasmUrl : path) } })

/** A QR code as the address of an SVG picture, black on white as scanners expect it. */
export async function qrCode(text: string): Promise<string> {
  const { svg, error } = await writeBarcode(text, { format: 'QRCode', addQuietZones: true })
  if (error !== '') throw new Error(error)
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
