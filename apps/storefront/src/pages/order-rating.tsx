/** @jsxRuntime automatic @jsxImportSource preact */
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { longestComment, ratingScores, type OrderRating } from '@ecluse/contracts/ratings.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { Done } from '../parts/done.tsx'
import { FieldError, type FormErrors } from '../parts/field.tsx'
import { link, type Visit } from '../visit.ts'

export type AskedRating = { mayRate: boolean; rating: OrderRating | null }

/** What was said of this order; null where nothing was, and nothing can be yet. */
export async function ratingOf(visit: Visit, order: Order, token: string): Promise<AskedRating | null> {
  if (order.documentState !== 'confirmed') return null
  const asked = await visit.call(endpoints.getRating, {
    params: { orderId: order.id },
    query: token ? { token } : {},
  })
  return asked.mayRate || asked.rating ? asked : null
}

type Props = { visit: Visit; order: Order; token: string; asked: AskedRating; errors: FormErrors }

/** “How did it go?”: one of five, and words if one likes. */
export function RatingCard({ visit, order, token, asked: { mayRate, rating }, errors }: Props) {
  const { t } = visit
  const said = rating && t('rating.said', { score: rating.score })
  return (
    <section class="card" id="rating">
      <h2>{t('rating.title')}</h2>
      {visit.query.get('rated') && rating ? <Done>{t('rating.thanks', { score: rating.score })}</Done> : <p>{said}</p>}
      {rating?.comment && <p class="muted">{t('rating.quoted', { comment: rating.comment })}</p>}
      {mayRate &&
        (rating === null ? (
          <RatingForm {...{ visit, order, token, rating, errors }} />
        ) : (
          <details open={errors['rating'] !== undefined}>
            <summary>{t('rating.change')}</summary>
            <RatingForm {...{ visit, order, token, rating, errors }} />
          </details>
        ))}
    </section>
  )
}

function RatingForm({ visit, order, token, rating, errors }: Omit<Props, 'asked'> & { rating: OrderRating | null }) {
  const { t } = visit
  return (
    <form method="post" action={link(visit, 'rating', { orderId: order.id })} class="slot-form" noValidate>
      <input type="hidden" name="token" value={token} />
      <fieldset class="rating" id="field-rating" aria-describedby={errors['rating'] ? 'rating-error' : undefined}>
        <legend>{t('rating.question')}</legend>
        <div class="rating-scores">
          {ratingScores.map((score) => (
            <label key={score}>
              <input type="radio" name="score" value={score} checked={rating?.score === score} />
              <span aria-hidden="true">{score}</span>
              <span class="visually-hidden">{t(`rating.score.${score}`)}</span>
            </label>
          ))}
        </div>
        <p class="rating-ends muted" aria-hidden="true">
          <span>{t('rating.score.1')}</span>
          <span>{t('rating.score.5')}</span>
        </p>
        <FieldError name="rating" errors={errors} />
      </fieldset>
      <div class="field">
        <label for="field-comment">
          {t('rating.comment')} <span class="optional">{t('form.optional')}</span>
        </label>
        <textarea id="field-comment" name="comment" rows={3} maxLength={longestComment}>
          {rating?.comment ?? ''}
        </textarea>
      </div>
      <button class="button" type="submit">
        {t('rating.send')}
      </button>
    </form>
  )
}
