/** @jsxRuntime automatic @jsxImportSource preact */
import { randomUUID } from 'node:crypto'
import { readVisits, writeVisits } from '../cookies.ts'
import { show } from '../document.tsx'
import { Crumbs } from '../parts/crumbs.tsx'
import { VisitsChoice, saysNoByItself } from '../parts/visits-choice.tsx'
import { addresses } from '../paths.ts'
import { goTo, isSecure, link, ownPath, type Visit } from '../visit.ts'

/** What is noted of visits, of whom, for how long, and the choice. */
export function visitsPage(visit: Visit) {
  const { t } = visit
  const title = t('visits.title')
  const choice = readVisits(visit.request)
  const state = saysNoByItself(visit) ? 'browser' : choice === null ? 'none' : choice === 'no' ? 'no' : 'yes'
  return show(visit, {
    title,
    description: t('visits.description'),
    alternates: addresses.visits,
    indexed: false,
    personal: true,
    body: (
      <>
        <Crumbs visit={visit} trail={[]} current={title} />
        <article class="prose legal">
          <h1 class="editorial">{title}</h1>
          <p class="lead">{t('visits.description')}</p>
          <p role="status">
            <strong>{t(`visits.state.${state}`)}</strong>
          </p>
          {state !== 'browser' && <VisitsChoice visit={visit} next={link(visit, 'visits')} />}
          {(['what', 'why', 'how_long', 'end'] as const).map((section) => (
            <section key={section}>
              <h2>{t(`visits.${section}`)}</h2>
              <p>{t(`visits.${section}_text`)}</p>
            </section>
          ))}
        </article>
      </>
    ),
  })
}

/** Keeps the choice: whoever says yes gets a number, or keeps the one they have. */
export function visitsForm(visit: Visit) {
  const { form, request, reply } = visit
  const before = readVisits(request)
  const device = before === null || before === 'no' ? randomUUID() : before
  writeVisits(reply, form.get('allow') === 'yes' ? device : 'no', isSecure(visit))
  return goTo(visit, ownPath(form.get('next')) ?? link(visit, 'visits'))
}
