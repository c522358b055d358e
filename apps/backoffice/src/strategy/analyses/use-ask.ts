import { analysisEndpoints, type Analysis, type AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCheckedForm } from '../../common/use-checked-form.ts'

/** A form that asks a question; what it asks is what the API takes. */
export function useAsk<Question extends AnalysisQuestion>(question: Question, onDone: (analysis: Analysis) => void) {
  return useCheckedForm({
    initialValues: { question },
    schema: analysisEndpoints.startAnalysis.body,
    send: (body, idempotencyKey) => call(endpoints.startAnalysis, { body }, { idempotencyKey }),
    onDone: (analysis) => {
      void refresh('/strategy/analyses')
      onDone(analysis)
    },
  })
}

export type QuestionOf<Kind extends AnalysisQuestion['kind']> = Extract<AnalysisQuestion, { kind: Kind }>
