import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressBlock } from './address-block.ts'

const block = (text: string) => {
  const [name = '', street = '', street2 = '', postalCode = '', locality = '', country = 'FR'] = text.split(' | ')
  const answer = addressBlock({ name, street, street2, postalCode, locality, country })
  return 'fault' in answer ? answer.fault : answer.lines
}

test.each([
  [
    'capitals, without accents or signs',
    'Chloé Lefèvre | 12, rue de l’Église |  | 35400 | Saint-Malo',
    ['Chloé Lefèvre', '12 RUE DE L EGLISE', '35400 SAINT MALO'],
  ],
  [
    'all six lines, in their order, however the complement is written',
    'Monsieur Jean Dupont | 5 bis avenue des Fleurs | BP 90432, Résidence les Mimosas, Apt 12 | 33064 | Bordeaux Cédex',
    [
      'Monsieur Jean Dupont',
      'Apt 12',
      'Résidence les Mimosas',
      '5 BIS AVENUE DES FLEURS',
      'BP 90432',
      '33064 BORDEAUX CEDEX',
    ],
  ],
  [
    'Cedex and its number',
    'Alizé | 3 place d’Armes |  | 75347 | Paris cedex 07',
    ['Alizé', '3 PLACE D ARMES', '75347 PARIS CEDEX 07'],
  ],
  ['a district is in the code', 'A | 1 rue X |  | 75012 | Paris 12e', ['A', '1 RUE X', '75012 PARIS']],
  ['or in words', 'A | 1 rue X |  | 69003 | Lyon 3ème arrondissement', ['A', '1 RUE X', '69003 LYON']],
  [
    'one number of two',
    'A | 12-14, rue du Bœuf |  | 67 000 | Strasbourg',
    ['A', '12 RUE DU BOEUF', '67000 STRASBOURG'],
  ],
  ['chez', 'A | 1 rue X | chez M. Petit | 75001 | Paris', ['A', 'chez M. Petit', '1 RUE X', '75001 PARIS']],
  [
    'a hamlet',
    'A | Le Bourg | Lieu-dit Kerméur | 29100 | Pouldergat',
    ['A', 'LE BOURG', 'LIEU DIT KERMEUR', '29100 POULDERGAT'],
  ],
  ['overseas', 'A | 1 rue X |  | 97400 | Saint-Denis | RE', ['A', '1 RUE X', '97400 SAINT DENIS']],
  [
    'thirty-eight fit as they are',
    'A | 1 avenue du général Charles de Gaulles |  | 75001 | Paris',
    ['A', '1 AVENUE DU GENERAL CHARLES DE GAULLES', '75001 PARIS'],
  ],
  [
    'the type of the street first',
    'A | 10 avenue du général Charles de Gaulles |  | 75001 | Paris',
    ['A', '10 AV DU GENERAL CHARLES DE GAULLES', '75001 PARIS'],
  ],
  [
    'then titles',
    'A | 120 boulevard du Maréchal Jean de Lattre de Tassigny |  | 75001 | Paris',
    ['A', '120 BD DU MAL J DE LATTRE DE TASSIGNY', '75001 PARIS'],
  ],
  [
    'a name: its title, then its first names',
    'Monsieur Jean-Baptiste Maximilien Courtemanche de La Clémandière | 1 rue X |  | 75001 | Paris',
    ['M J-B M Courtemanche de La Clémandière', '1 RUE X', '75001 PARIS'],
  ],
  [
    'a title shortened',
    'Mademoiselle Marie-Antoinette Montgolfier | 1 rue X |  | 75001 | Paris',
    ['MLLE Marie-Antoinette Montgolfier', '1 RUE X', '75001 PARIS'],
  ],
  [
    'first names',
    'Madame Marie-Antoinette Éléonore de Montgolfier | 1 rue X |  | 75001 | Paris',
    ['MME M-A Éléonore de Montgolfier', '1 RUE X', '75001 PARIS'],
  ],
  [
    'a firm keeps its words',
    'Société nationale des établissements Lefèvre | 1 rue X |  | 75001 | Paris',
    ['STE NALE des ETS Lefèvre', '1 RUE X', '75001 PARIS'],
  ],
  [
    'Germany',
    'Jörg Groß | Hauptstraße 5 | c/o Müller | 10115 | Berlin | DE',
    ['Jörg Groß', 'c/o Müller', 'Hauptstraße 5', '10115 BERLIN', 'ALLEMAGNE'],
  ],
  [
    'the United Kingdom: the code after the town',
    'Ann Lee | 10 Downing Street |  | SW1A 2AA | London | GB',
    ['Ann Lee', '10 Downing Street', 'LONDON SW1A 2AA', 'ROYAUME UNI'],
  ],
  ['no town', 'A | 1 rue X |  | 75001 | -', 'postal_code'],
  ['a code of four digits', 'A | 1 rue X |  | 7501 | Paris', 'postal_code'],
  ['a street of signs', 'A | … |  | 75001 | Paris', 'empty_line'],
  ['a street nobody can shorten', `A | 1 rue ${'x'.repeat(40)} |  | 75001 | Paris`, 'street_too_long'],
  ['a name nobody can shorten', `${'x'.repeat(40)} | 1 rue X |  | 75001 | Paris`, 'name_too_long'],
  ['a long complement', `A | 1 rue X | Apt ${'x'.repeat(40)} | 75001 | Paris`, 'complement_too_long'],
  ['a long town', `A | 1 rue X |  | 75001 | ${'x'.repeat(40)}`, 'locality_too_long'],
  ['another alphabet', 'Иван Петров | 1 rue X |  | 75001 | Paris', 'unreadable'],
])('%s', (_, text, expected) => expect(block(text)).toEqual(expected))

test('whatever is written: at most six lines of 38, the last ones bare, or the reason', () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        'avenue',
        'Maréchal',
        'de',
        'l’Église',
        'Saint',
        'Monsieur',
        '12/14',
        'bis',
        'Cœur',
        'apt 3',
        'BP 12',
        ',',
      ),
      fc.string({ maxLength: 12 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  const line = words.map((all) => all.join(' '))
  const code = fc.oneof(fc.integer({ min: 1_000, max: 99_999 }).map(String), fc.string({ maxLength: 8 }))
  fc.assert(
    fc.property(line, line, line, code, line, (name, street, street2, postalCode, locality) => {
      const answer = addressBlock({ name, street, street2, postalCode, locality, country: 'FR' })
      if ('fault' in answer) return
      expect(answer.lines.length).toBeGreaterThanOrEqual(3)
      expect(answer.lines.length).toBeLessThanOrEqual(6)
      for (const printed of answer.lines) expect(printed).toMatch(/^\S(.{0,36}\S)?$/u)
      expect(answer.lines.at(-1)).toMatch(/^\d{5} [A-Z][A-Z0-9 ]*$/)
    }),
    { numRuns: 500 },
  )
})
