/** Abbreviations of NF Z10-011, for lines that do not fit otherwise; capitals without accents. */
const streetTypes =
  abbreviations(`ALLEE ALL, ALLEES ALL, AVENUE AV, BOULEVARD BD, CARREFOUR CAR, CENTRE CTRE, CHAUSSEE CHS, CHEMIN CHE,
  COURS CRS, DOMAINE DOM, ESPLANADE ESP, FAUBOURG FG, IMMEUBLE IMM, IMPASSE IMP, LOTISSEMENT LOT, MONTEE MTE,
  PASSAGE PAS, PLACE PL, PROMENADE PROM, QUARTIER QUA, RESIDENCE RES, ROUTE RTE, SENTIER SEN, SQUARE SQ, TERRASSE TSSE, VILLAGE VLGE,
  BATIMENT BAT, ENTREE ENT, BIS B, TER T, QUATER Q`)
const titles =
  abbreviations(`ADJUDANT ADJ, ASPIRANT ASP, CAPITAINE CNE, CARDINAL CDL, CHANOINE CHN, COLONEL COL, COMMANDANT CDT,
  COMTE CTE, DOCTEUR DR, GENERAL GAL, LIEUTENANT LT, MADAME MME, MADEMOISELLE MLLE, MARECHAL MAL,
  MONSEIGNEUR MGR, MONSIEUR M, PRESIDENT PDT, PROFESSEUR PR, SERGENT SGT, SAINT ST, SAINTE STE, GRAND GD, GRANDE GDE, PETIT PT,
  PETITE PTE, HAUT HT, HAUTE HTE, VIEUX VX, VIEILLE VLLE, NOUVEAU NVX, INFERIEUR INF, SUPERIEUR SUP, NATIONAL NAL, DEPARTEMENTAL DEP,
  ANCIEN ANC, ANCIENS ANC, COMBATTANTS COMB, DIVISION DIV, REGIMENT RGT, BATAILLON BTN, PREFET PRF`)
const articles = new Set('DE DU DES D LA LE LES L ET A AU AUX EN SUR SOUS'.split(' '))

/** What stands before a name, and the forms of firms. */
const nameWords =
  abbreviations(`MONSIEUR M, MADAME MME, MADEMOISELLE MLLE, DOCTEUR DR, PROFESSEUR PR, MAITRE ME, SOCIETE STE, ETABLISSEMENTS ETS,
  COMPAGNIE CIE, ASSOCIATION ASS, ENTREPRISE ENTR, INTERNATIONALE INT, INTERNATIONAL INT, FRANCAISE FSE, NATIONALE NALE, SERVICE SCE,
  DEPARTEMENT DPT, DIRECTION DIR, GENERALE GLE, FRERES FRES`)

function abbreviations(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(',').map((pair) => pair.trim().split(/\s+/) as [string, string]))
}

/**
 * Ever shorter forms of a street in capitals: its type, then titles, then first names to their initial, then without articles. The
 * last word, by which streets are sorted, and every number stay whole.
 */
export function* shorterStreet(line: string): Generator<string> {
  let words = line.split(' ')
  const inner = (change: (word: string) => string) =>
    words.map((word, at) => (at === words.length - 1 || /\d/.test(word) ? word : change(word)))
  words = inner((word) => streetTypes.get(word) ?? word)
  yield words.join(' ')
  words = inner((word) => titles.get(word) ?? word)
  yield words.join(' ')
  const known = new Set([
    ...streetTypes.keys(),
    ...streetTypes.values(),
    ...titles.values(),
    ...articles,
    'RUE',
    'QUAI',
    'PONT',
  ])
  for (let at = 0; at < words.length - 1; at++) {
    const word = words[at] ?? ''
    if (known.has(word) || word.length < 2 || /\d/.test(word)) continue
    words = words.with(at, word.slice(0, 1))
    yield words.join(' ')
  }
  yield words.filter((word, at) => at === words.length - 1 || !articles.has(word)).join(' ')
}

/** Ever shorter forms of a name: titles and forms of firms, then first names to their initial; the last word stays whole. */
export function* shorterName(line: string): Generator<string> {
  let words = line.split(' ')
  words = words.map((word, at) => (at === words.length - 1 ? word : (nameWords.get(folded(word)) ?? word)))
  yield words.join(' ')
  if (firmWords.some((word) => words.includes(word))) return
  for (let at = 0; at < words.length - 1; at++) {
    const word = words[at] ?? ''
    if (word.length < 2 || isTitle(word) || /^(de|du|des|la|le|van|von|et)$/i.test(word)) continue
    words = words.with(
      at,
      word
        .split('-')
        .map((part) => part.slice(0, 1))
        .join('-'),
    )
    yield words.join(' ')
  }
}

const titlesOfPeople = new Set('M MME MLLE DR PR ME'.split(' '))
const firmWords = [...nameWords.values()].filter((word) => !titlesOfPeople.has(word))
const isTitle = (word: string): boolean => titlesOfPeople.has(word)
const folded = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
