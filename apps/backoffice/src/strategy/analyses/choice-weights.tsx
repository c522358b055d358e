import { choiceAttributes, type ChoiceGroup } from '@ecluse/contracts/channel-choice.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { useAnalysisWords } from './analysis-words.ts'

/** By so small a chance a weight would look as large without being one. */
const level = 0.05
const constantPrefix = 'asc_'

/** What weighs when a channel is chosen, with its uncertainty, and what cannot be told. */
export function ChoiceWeights({ group }: { group: ChoiceGroup }) {
  const t = useT()
  const words = useAnalysisWords()
  const { coefficients, dropped, fit, logLikelihood, nest, reference } = group
  const sure = coefficients.filter(({ name, pValue }) => choiceAttributes.some((one) => one === name) && pValue < level)
  const nameOf = (name: string): string => {
    const attribute = choiceAttributes.find((one) => one === name)
    if (attribute) return t(`choice.attribute.${attribute}`)
    return t('choice.constant', {
      channel: words.channel(name.slice(constantPrefix.length)),
      reference: words.channel(reference ?? ''),
    })
  }
  return (
    <Card title={t('choice.weights')}>
      <p>
        {sure.length === 0
          ? t('choice.weights.none')
          : t('choice.weights.answer', {
              attributes: sure
                .map(({ name, value }) => `${nameOf(name)} (${t(value > 0 ? 'choice.draws' : 'choice.repels')})`)
                .join(', '),
            })}
      </p>
      {dropped.map(({ attribute, reason }) => (
        <p key={attribute} className="bo-line bo-quiet">
          {t(`choice.dropped.${reason}`, { attribute: t(`choice.attribute.${attribute}`) })}
        </p>
      ))}
      <FigureTable label={t('choice.weights')} narrow>
        <thead>
          <tr>
            <th scope="col">{t('choice.what')}</th>
            <th scope="col">
              <WithFormula name={t('choice.weight')} formula={t('choice.weight.formula')} />
            </th>
            <th scope="col">{t('analysis.error')}</th>
            <th scope="col">{t('choice.chance')}</th>
          </tr>
        </thead>
        <tbody>
          {coefficients.map(({ name, value, standardError, pValue }) => (
            <tr key={name}>
              <th scope="row">{nameOf(name)}</th>
              <td>{words.number(value, 3)}</td>
              <td>{words.number(standardError, 3)}</td>
              <td>{words.chance(pValue)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
      <p className="bo-line bo-quiet">
        {t('choice.fit', { fit: words.number(fit ?? 0, 3), likelihood: words.number(logLikelihood ?? 0, 1) })}{' '}
        {nest &&
          t(nest.used ? 'choice.nest.sure' : 'choice.nest.unsure', {
            dissimilarity: words.number(nest.dissimilarity, 2),
            error: words.number(nest.standardError, 2),
            chance: words.chance(nest.pValue),
          })}
      </p>
    </Card>
  )
}
