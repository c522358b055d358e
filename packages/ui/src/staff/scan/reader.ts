import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

// The decoder comes from this server: a till works where the internet does not.
prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasmUrl : path) } })

/** The text of the first code in a picture: barcodes of articles, or a QR code; null when there is none. */
export async function readCode(picture: ImageData): Promise<string | null> {
  const found = await readBarcodes(picture, {
    formats: ['EAN13', 'EAN8', 'UPCA', 'UPCE', 'ITF14', 'Code128', 'Code39', 'QRCode', 'DataMatrix'],
    maxNumberOfSymbols: 1,
  })
  return found.find(({ isValid }) => isValid)?.text ?? null
}
