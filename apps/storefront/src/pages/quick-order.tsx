/** @jsxRuntime automatic @jsxImportSource preact */
import type { Company } from '@ecluse/contracts/companies.ts'
import type { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { QuickOrderLine, SavedList } from '@ecluse/contracts/quick-orders.ts'
import { FieldError, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { link, newFormKey, type Visit } from '../visit.ts'

/** A list as the API read it. */
export type ReadList = (typeof endpoints.readQuickOrder.response)['_output']

type Props = {
  visit: Visit
  company: Company
  text: string
  list?: ReadList
  errors?: FormErrors
  saved: readonly SavedList[]
}

/** Articles by their codes: pasted, from a file, from an order or a list; read line by line before anything is ordered. */
export function QuickOrder(props: Props) {
  const { visit, company, text, list, errors = {} } = props
  const { t } = visit
  const action = link(visit, 'company', { companyId: company.id })
  return (
    <section class="card" aria-labelledby="quick-title">
      <h2 id="quick-title">{t('quick.title')}</h2>
      <form method="post" action={action} class="company-form">
        <input type="hidden" name="key" value={newFormKey()} />
        <div class={errors.text ? 'field wrong' : 'field'}>
          <label for="field-text">{t('quick.lines')}</label>
          <p class="hint" id="text-hint">
            {t('quick.help')}
          </p>
          <textarea
            id="field-text"
            name="text"
            rows={8}
            maxLength={60_000}
            autocomplete="off"
            spellcheck={false}
            data-island="list-text"
            aria-describedby="text-hint"
            aria-invalid={errors.text ? 'true' : undefined}
          >
            {text}
          </textarea>
          <FieldError name="text" errors={errors} />
        </div>
        <p data-scripted hidden>
          <label>
            {t('quick.file')}{' '}
            <input
              type="file"
              accept=".csv,.txt,.tsv,text/plain,text/csv"
              data-island="list-file"
              data-into="field-text"
            />
          </label>
        </p>
        <div class="company-acts">
          <button class={list ? 'button' : 'button primary'} type="submit" name="act" value="read">
            {t('quick.check')}
          </button>
        </div>
        {list && <Read visit={visit} list={list} />}
        {list && list.ready.length > 0 && <Ready visit={visit} list={list} />}
      </form>
      <Saved {...props} />
    </section>
  )
}

/** What can be ordered as it is: into the basket, or kept for another time. */
function Ready({ visit, list }: { visit: Visit; list: ReadList }) {
  const { t } = visit
  return (
    <>
      <p>
        <strong>{t('quick.ready', { count: list.ready.length, total: money(visit, list.net) })}</strong>
      </p>
      <div class="company-acts">
        <button class="button primary" type="submit" name="act" value="add">
          {t('quick.add')}
        </button>
      </div>
      <div class="field">
        <label for="field-name">{t('quick.name')}</label>
        <input id="field-name" name="name" maxLength={80} autocomplete="off" />
      </div>
      <div class="company-acts">
        <button class="button" type="submit" name="act" value="keep">
          {t('quick.keep')}
        </button>
      </div>
    </>
  )
}

function Read({ visit, list }: { visit: Visit; list: ReadList }) {
  const { t } = visit
  const wrong = list.lines.filter(({ problem }) => problem !== null).length
  return (
    <div role="status">
      <p class={wrong > 0 ? 'company-problem' : undefined}>{t('quick.read', { count: list.lines.length, wrong })}</p>
      <ul class="company-list">
        {list.lines.map((line) => (
          <ReadLine key={line.position} visit={visit} line={line} />
        ))}
      </ul>
    </div>
  )
}

function ReadLine({ visit, line }: { visit: Visit; line: QuickOrderLine }) {
  const { t } = visit
  const { article, problem, suggestions } = line
  const name = article ? [article.name, article.variantLabel].filter(Boolean).join(' · ') : line.text
  return (
    <li>
      <span>
        {article && problem !== 'no_quantity' ? t('quick.times', { count: line.quantity, name }) : name}
        <br />
        <span class="muted">{article?.sku ?? t('quick.line', { line: line.position })}</span>
        {suggestions.length > 0 && (
          <>
            <br />
            <span class="muted">{t('quick.perhaps', { skus: suggestions.map(({ sku }) => sku).join(', ') })}</span>
          </>
        )}
      </span>
      {problem ? (
        <span class="company-problem">{t(`quick.problem.${problem}`, { available: article?.available ?? 0 })}</span>
      ) : (
        article && <span class="tabular">{t('quick.net', { price: money(visit, article.unitNet) })}</span>
      )}
    </li>
  )
}

function Saved({ visit, company, saved }: Props) {
  const { t } = visit
  if (saved.length === 0) return null
  const action = link(visit, 'company', { companyId: company.id })
  return (
    <>
      <h3>{t('quick.lists')}</h3>
      <ul class="company-list">
        {saved.map((list) => (
          <li key={list.id}>
            <a href={link(visit, 'company', { companyId: company.id }, { list: list.id })}>
              {t('quick.list', { name: list.name, count: list.lines.length })}
            </a>
            <form method="post" action={action}>
              <input type="hidden" name="listId" value={list.id} />
              <button class="button small" type="submit" name="act" value="forget">
                {t('quick.forget')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </>
  )
}
