import type { ImportKind } from '@ecluse/contracts/interchange.ts'
import type { MessageId } from '../app/i18n.ts'

type FormatColumn = { name: string; meaning: MessageId; required?: boolean }

export type Format = {
  kind: ImportKind
  help: MessageId
  columns: readonly FormatColumn[]
  example: readonly (readonly string[])[]
}

/** The files that can be imported: their columns in words, and an example that can be imported as it is. */
export const formats: readonly Format[] = [
  {
    kind: 'shopify-products',
    help: 'formats.shopify',
    columns: [
      { name: 'Handle', meaning: 'formats.handle', required: true },
      { name: 'Title', meaning: 'formats.title' },
      { name: 'Body (HTML)', meaning: 'formats.body' },
      { name: 'Vendor', meaning: 'formats.vendor' },
      { name: 'Type', meaning: 'formats.type' },
      { name: 'Tags', meaning: 'formats.tags' },
      { name: 'Published', meaning: 'formats.published' },
      { name: 'Option1 Name, Option1 Value…', meaning: 'formats.options' },
      { name: 'Variant SKU', meaning: 'formats.variantSku' },
      { name: 'Variant Barcode', meaning: 'formats.barcode' },
      { name: 'Variant Price', meaning: 'formats.price', required: true },
      { name: 'Variant Compare At Price', meaning: 'formats.compareAt' },
      { name: 'Variant Grams', meaning: 'formats.grams' },
      { name: 'Variant Inventory Qty', meaning: 'formats.inventory' },
      { name: 'Image Src, Image Alt Text', meaning: 'formats.image' },
      { name: 'Ecluse / …', meaning: 'formats.own' },
    ],
    example: [
      [
        'Handle',
        'Title',
        'Body (HTML)',
        'Vendor',
        'Type',
        'Tags',
        'Published',
        'Option1 Name',
        'Option1 Value',
        'Variant SKU',
        'Variant Grams',
        'Variant Price',
        'Variant Barcode',
        'Image Src',
        'Image Alt Text',
      ],
      [
        'sac-gresil',
        'Sac à dos Grésil',
        '<p>24 litres, dos aéré.</p>',
        'Alizé',
        'Sacs',
        'randonnée, 24 L',
        'TRUE',
        'Couleur',
        'Bleu',
        'GRESIL-BLEU',
        '780',
        '89.90',
        '3760123450010',
        '',
        '',
      ],
      ['sac-gresil', '', '', '', '', '', '', '', 'Rouge', 'GRESIL-ROUGE', '780', '89.90', '', '', ''],
    ],
  },
  {
    kind: 'stock',
    help: 'formats.stock',
    columns: [
      { name: 'sku', meaning: 'formats.stock.sku' },
      { name: 'gtin', meaning: 'formats.stock.gtin' },
      { name: 'place', meaning: 'formats.stock.place' },
      { name: 'quantity', meaning: 'formats.stock.quantity', required: true },
      { name: 'safety', meaning: 'formats.stock.safety' },
      { name: 'shelf', meaning: 'formats.stock.shelf' },
    ],
    example: [
      ['sku', 'place', 'quantity', 'safety'],
      ['GRESIL-BLEU', '', '12', '1'],
      ['GRESIL-ROUGE', '', '8', ''],
    ],
  },
  {
    kind: 'customers',
    help: 'formats.customers',
    columns: [
      { name: 'email', meaning: 'formats.customers.email' },
      { name: 'reference', meaning: 'formats.customers.reference' },
      { name: 'name', meaning: 'formats.customers.name', required: true },
      { name: 'kind', meaning: 'formats.customers.kind' },
      { name: 'phone', meaning: 'formats.customers.phone' },
      { name: 'street, street2', meaning: 'formats.customers.street' },
      { name: 'postal_code, locality, country', meaning: 'formats.customers.town' },
      { name: 'language', meaning: 'formats.customers.language' },
    ],
    example: [
      ['email', 'name', 'kind', 'phone', 'street', 'postal_code', 'locality', 'country', 'language'],
      [
        'camille@client.example',
        'Camille Perrin',
        'person',
        '06 12 34 56 78',
        '12 quai de la Fosse',
        '44000',
        'Nantes',
        'FR',
        'fr',
      ],
      ['velos@mairie.example', 'Mairie de Trentemoult', 'company', '', '', '', '', '', 'fr'],
    ],
  },
  {
    kind: 'postal-places',
    help: 'formats.postal',
    columns: [
      { name: 'postal_code', meaning: 'formats.postal.code', required: true },
      { name: 'latitude', meaning: 'formats.postal.latitude', required: true },
      { name: 'longitude', meaning: 'formats.postal.longitude', required: true },
      { name: 'country', meaning: 'formats.postal.country' },
    ],
    example: [
      ['postal_code', 'latitude', 'longitude', 'country'],
      ['44000', '47.218', '-1.554', 'FR'],
    ],
  },
  {
    kind: 'past-sales',
    help: 'formats.pastSales',
    columns: [
      { name: 'number', meaning: 'formats.pastSales.number', required: true },
      { name: 'day', meaning: 'formats.past.day', required: true },
      { name: 'channel', meaning: 'formats.past.channel', required: true },
      { name: 'units', meaning: 'formats.pastSales.units', required: true },
      { name: 'net_amount', meaning: 'formats.pastSales.net', required: true },
      { name: 'shop', meaning: 'formats.pastSales.shop' },
      { name: 'sku', meaning: 'formats.pastSales.sku' },
      { name: 'unit_cost', meaning: 'formats.pastSales.cost' },
      { name: 'first_purchase', meaning: 'formats.pastSales.first' },
      { name: 'parcels', meaning: 'formats.pastSales.parcels' },
      { name: 'source', meaning: 'formats.past.source' },
    ],
    example: [
      [
        'source',
        'number',
        'day',
        'channel',
        'shop',
        'sku',
        'units',
        'net_amount',
        'unit_cost',
        'first_purchase',
        'parcels',
      ],
      ['caisse', 'T-1041', '2024-03-02', 'web', '', 'RIVAGE1-SUN-L', '1', '749.17', '430.00', 'yes', '1'],
      ['caisse', 'T-1041', '2024-03-02', 'web', '', '', '2', '33.20', '', '', ''],
      ['caisse', 'R-0207', '2024-03-16', 'web', '', 'RIVAGE1-SUN-L', '-1', '749.17', '430.00', '', ''],
    ],
  },
  {
    kind: 'past-contacts',
    help: 'formats.pastContacts',
    columns: [
      { name: 'day', meaning: 'formats.past.day', required: true },
      { name: 'channel', meaning: 'formats.pastContacts.channel' },
      { name: 'medium', meaning: 'formats.pastContacts.medium' },
      { name: 'visits', meaning: 'formats.pastContacts.visits' },
      { name: 'views', meaning: 'formats.pastContacts.views' },
      { name: 'orders', meaning: 'formats.pastContacts.orders' },
      { name: 'spent', meaning: 'formats.pastContacts.spent' },
      { name: 'source', meaning: 'formats.past.source' },
    ],
    example: [
      ['source', 'day', 'channel', 'medium', 'visits', 'views', 'orders', 'spent'],
      ['statistiques', '2024-03-02', 'web', '', '412', '1630', '9', '25.00'],
      ['régie', '2024-03-02', '', 'télévision', '', '', '', '1200.00'],
    ],
  },
]
