import type { OutletComparison, OutletQuestion } from '@ecluse/contracts/outlets.ts'
import { judgeOutlets } from '@ecluse/strategy-engine/outlets/eligibility.ts'

/** Who keeps the criteria, all judged by the same, with what each lacks. What nobody noted counts as nought. @throws Unanswerable */
export function judgeCandidates({ criteria, outlets }: OutletQuestion): OutletComparison['judged'] {
  return judgeOutlets(
    criteria.map(({ code, ...criterion }) => ({ ...criterion, name: code })),
    outlets.map(({ name, surface, image, priceDiscipline, figures }) => ({
      name,
      figures: { ...figures, surface, image, price_discipline: priceDiscipline * 100 },
    })),
  ).map(({ eligible: admitted, ...judgement }) => ({ ...judgement, admitted }))
}
