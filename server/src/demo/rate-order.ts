import { command } from '../kernel/command.ts'
import { selectOrder } from '../modules/orders/public.ts'
import { rateOrder } from '../modules/service/public.ts'
import { onceKey } from './demo-stage.ts'
import type { DemoApplication } from './demo-host.ts'
import type { FollowUp } from './follow-up.ts'

const dayMs = 86_400_000

/** What some of those who have their order in hand say of it: most are satisfied, and some say why they are not. */
const opinions: readonly (readonly [score: number, comment: string])[] = [
  [5, 'Conseils au top, vélo réglé au millimètre.'],
  [4, ''],
  [5, ''],
  [2, 'Livré avec deux jours de retard, sans que personne ne me prévienne.'],
  [5, 'Retrait en cinq minutes, parfait.'],
  [4, 'Très bien, mais le carton était beaucoup trop grand.'],
  [3, 'Correct. Il manquait la notice.'],
  [5, ''],
  [4, 'Bon suivi par téléphone.'],
  [1, 'Mauvaise taille dans le colis, j’ai dû revenir en magasin.'],
  [5, 'Rien à redire.'],
  [4, ''],
]
/** One in so many answers. */
const oneIn = 3

/** The answer of whoever placed an order, a week later, drawn from its number so that nothing else of the history changes by it. */
export function rateLater(app: DemoApplication, placed: { orderId: string; number: string }, at: number): FollowUp[] {
  const drawn = Array.from(placed.number).reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1_000_003, 7)
  const opinion = opinions[drawn % (oneIn * opinions.length)]
  if (!opinion) return []
  const [score, comment] = opinion
  return [
    {
      at: at + 7 * dayMs,
      async act(ctx) {
        const order = await selectOrder(app.services.db, placed.orderId)
        if (!order) return []
        const buyer = {
          ...ctx,
          actor: { kind: 'anonymous' as const },
          idempotency: onceKey(`rate-${placed.orderId}`),
        }
        const said = { token: order.access_token, score, comment }
        // Refused where it is not in their hands yet, or never: they say nothing.
        await command(buyer, (tx) => rateOrder(buyer, tx, placed.orderId, said))
        return []
      },
    },
  ]
}
