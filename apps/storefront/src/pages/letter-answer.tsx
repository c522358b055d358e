/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { readLetterCode } from '@ecluse/contracts/letter-code.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { Done } from '../parts/done.tsx'
import { addresses } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

/** Where the code of a letter is typed, or brought by the square on it. Opening it tells nothing: previews open links too. */
export const letterAnswerPage = (visit: Visit) => showAnswer(visit, (visit.query.get('code') ?? '').slice(0, 40), {})

/** Answers a letter, or ends them. */
export async function letterAnswerForm(visit: Visit) {
  const { form, t } = visit
  const code = (form.get('code') ?? '').trim().slice(0, 40)
  const stop = form.get('act') === 'stop'
  if (readLetterCode(code) === null) return showAnswer(visit, code, { code: t('letter.code_wrong') }, 422)
  try {
    await visit.call(endpoints.answerLetter, { body: { code, stop } })
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return showAnswer(visit, code, { code: error.problem.detail }, error.problem.status)
  }
  return goTo(visit, link(visit, 'letterAnswer', {}, { done: stop ? 'stop' : 'answer' }))
}

function showAnswer(visit: Visit, code: string, errors: FormErrors, status = 200) {
  const { t } = visit
  const done = visit.query.get('done')
  return show(
    visit,
    {
      title: t('letter.title'),
      description: t('letter.lead'),
      alternates: addresses.letterAnswer,
      indexed: false,
      body: (
        <div class="checkout">
          <h1 class="editorial">{t('letter.title')}</h1>
          {done ? (
            <Done>{t(done === 'stop' ? 'letter.stopped' : 'letter.answered')}</Done>
          ) : (
            <>
              <p class="lead">{t('letter.lead')}</p>
              <ErrorSummary visit={visit} errors={errors} />
              <form method="post" action={link(visit, 'letterAnswer')} class="checkout-form" noValidate>
                <Field
                  visit={visit}
                  name="code"
                  autocomplete="off"
                  label={t('letter.code')}
                  value={code}
                  required
                  errors={errors}
                />
                <div class="actions">
                  <button class="button primary large" type="submit" name="act" value="answer">
                    {t('letter.answer')}
                  </button>
                  <button class="button large" type="submit" name="act" value="stop">
                    {t('letter.stop')}
                  </button>
                </div>
              </form>
            </>
          )}
        </div>
      ),
    },
    status,
  )
}
