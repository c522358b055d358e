/** @jsxRuntime automatic @jsxImportSource preact */
import { substitutionWishes } from '@ecluse/contracts/substitution-wish.ts'
import { RadioCard } from '../parts/radio-card.tsx'
import type { Visit } from '../visit.ts'
import type { CheckoutValues } from './checkout-form.ts'

/** What to do when an article is missing on the shelf, for who fetches their order in a shop or at a drive. */
export function SubstitutionChoice({ visit: { t }, values }: { visit: Visit; values: CheckoutValues }) {
  return (
    <fieldset class="step if-fetched">
      <legend>{t('checkout.missing')}</legend>
      {substitutionWishes.map((wish) => (
        <RadioCard
          key={wish}
          name="substitutions"
          value={wish}
          checked={values.substitutions === wish}
          title={t(`checkout.missing.${wish}`)}
          note={t(`checkout.missing.${wish}_text`)}
        />
      ))}
    </fieldset>
  )
}
