import { letterTariffSchema, type LetterTariff } from '@ecluse/contracts/letters.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { readSetting, writeSetting } from '../../../kernel/settings.ts'

const setting = 'engagement.letter_tariff'

/** Until the firm enters its own: one side of ordinary paper, and about what slow business mail costs in France. */
const usual: LetterTariff = {
  bothSides: true,
  sheetGrams: 5,
  envelopeGrams: 5,
  sheetMicro: 45_000,
  classes: [
    { upToGrams: 20, micro: 910_000 },
    { upToGrams: 100, micro: 1_690_000 },
    { upToGrams: 250, micro: 3_010_000 },
  ],
}

export async function readLetterTariff(db: Queryable): Promise<LetterTariff> {
  const written = await readSetting<unknown>(db, setting)
  return written === undefined ? usual : letterTariffSchema.parse(written)
}

export async function writeLetterTariff(tx: Tx, tariff: LetterTariff): Promise<LetterTariff> {
  const classes = tariff.classes.toSorted((a, b) => a.upToGrams - b.upToGrams)
  await writeSetting(tx, setting, { ...tariff, classes })
  return readLetterTariff(tx)
}
