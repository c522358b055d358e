import PdfDocument from 'pdfkit'

/** Points of the ride along the Loire, from Nantes to the sea: latitude, longitude, name. */
const loire = [
  [47.2065, -1.5655, 'Nantes, quai de la Fosse'],
  [47.1995, -1.6375, 'Bac de Trentemoult'],
  [47.2002, -1.7361, 'Couëron, la tour à plomb'],
  [47.2197, -1.7802, 'Le Pellerin'],
  [47.2375, -1.9302, 'Canal de la Martinière'],
  [47.2633, -2.0352, 'Paimbœuf'],
  [47.2864, -2.1681, 'Saint-Brevin-les-Pins'],
  [47.2735, -2.2137, 'Saint-Nazaire, la plage'],
] as const

/** A route as devices on handlebars read it (GPX 1.1). */
export function loireRoute(): Buffer {
  const points = loire.map(
    ([lat, lon, name]) => `    <rtept lat="${lat}" lon="${lon}"><name>${name.replaceAll('&', '&amp;')}</name></rtept>`,
  )
  return Buffer.from(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<gpx version="1.1" creator="Alizé" xmlns="http://www.topografix.com/GPX/1/1">',
      '  <rte>',
      '    <name>La Loire, de Nantes à la mer</name>',
      ...points,
      '  </rte>',
      '</gpx>',
      '',
    ].join('\n'),
  )
}

/** A page of a book: its title and its paragraphs. */
export type BookPage = readonly [title: string, ...paragraphs: string[]]

/** A small book of plain pages. */
export async function smallBook(title: string, pages: readonly BookPage[], createdAt: Date): Promise<Buffer> {
  const info = { Title: title, Author: 'Alizé', CreationDate: createdAt }
  const pdf = new PdfDocument({ size: 'A5', margin: 48, info })
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve) => pdf.on('end', () => resolve(Buffer.concat(chunks))))
  pdf.font('Helvetica-Bold').fontSize(24).text(title, { align: 'left' })
  pdf.moveDown().font('Helvetica').fontSize(11).text('Alizé')
  for (const [heading, ...paragraphs] of pages) {
    pdf.addPage().font('Helvetica-Bold').fontSize(16).text(heading)
    for (const paragraph of paragraphs) pdf.moveDown().font('Helvetica').fontSize(11).text(paragraph)
  }
  pdf.end()
  return done
}

export const careBook: readonly BookPage[] = [
  [
    'Avant chaque sortie',
    'Pressez les pneus entre deux doigts : ils ne cèdent presque pas. Serrez chaque frein : le levier ne touche jamais le cintre.',
    'Soulevez le vélo et laissez-le retomber de dix centimètres : ce qui sonne est à resserrer.',
  ],
  [
    'Chaque mois',
    'Essuyez la chaîne, une goutte d’huile par maillon, tournez le pédalier, essuyez encore. Ce qui brille d’huile attrape la poussière.',
    'Regardez les patins : quand la rainure a disparu, ils sont finis.',
  ],
  [
    'Chaque année',
    'Changez les câbles, graissez la tige de selle, faites dévoiler les roues. À l’atelier, comptez une heure.',
  ],
]
