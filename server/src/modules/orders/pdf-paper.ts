import { createRequire } from 'node:module'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import PdfDocument from 'pdfkit'

const fontFile = (name: string) => createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${name}.ttf`)
/** Fonts of our own, embedded: a document looks the same everywhere. */
export const fonts = {
  plain: fontFile('400Regular/Inter_400Regular'),
  strong: fontFile('600SemiBold/Inter_600SemiBold'),
}

/** A4 with its margins, in points. */
export const margin = 48
export const right = 595.28 - margin

/**
 * A document on A4 paper: drawn, then given as the bytes of a PDF.
 * @param draw writes its pages; they stay open until it is done, so that feet can count them
 */
export async function writePdf(
  about: { readonly locale: Locale; readonly title: string; readonly author: string; readonly createdAt: Date },
  draw: (pdf: PDFKit.PDFDocument) => Promise<void> | void,
): Promise<Buffer> {
  const { locale, title, author, createdAt } = about
  const info = { Title: title, Author: author, CreationDate: createdAt }
  const pdf = new PdfDocument({ size: 'A4', margin, bufferPages: true, lang: locale, info })
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve) => pdf.on('end', () => resolve(Buffer.concat(chunks))))
  await draw(pdf)
  pdf.end()
  return done
}

/** The name in a sender's address, as it stands on paper. */
export function senderName(sender: string): string {
  return /^\s*"?([^"<]*?)"?\s*</.exec(sender)?.[1] || sender
}
