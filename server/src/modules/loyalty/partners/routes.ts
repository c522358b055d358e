import { partnerEndpoints as endpoints } from '@ecluse/contracts/partners.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { toMoney } from '../../../kernel/money.ts'
import { noteRead, partyById } from '../../customers/public.ts'
import { worthOfPoints } from '../domain/partner-money.ts'
import { activeOf, holderOf, partnerAsking } from './at-till.ts'
import { listPartners, readStatement, savePartner, settleMonth, statementFile } from './keep-partners.ts'
import { commitSpending, earnAtPartner, releaseSpending, spendAtPartner } from './move-points.ts'
import { reverseOperation } from './reverse-operation.ts'

/** Firms at whose tills members earn and spend points: what is agreed with them, and what their tills ask. */
export const partnerRoutes: Routes = (app, services) => {
  agreementRoutes(app, services)
  tillRoutes(app, services)
}

const agreementRoutes: Routes = (app, services) => {
  implement(app, services, 'listPartners', endpoints.listPartners, async ({ db }) => ({
    items: await listPartners(db),
  }))
  implement(app, services, 'createPartner', endpoints.createPartner, (ctx, { body }) =>
    command(ctx, (tx) => savePartner(ctx, tx, null, body)),
  )
  implement(app, services, 'updatePartner', endpoints.updatePartner, (ctx, { params, body }) =>
    command(ctx, (tx) => savePartner(ctx, tx, params.partnerId, body)),
  )
  implement(app, services, 'getPartnerStatement', endpoints.getPartnerStatement, (ctx, { params }) =>
    readStatement(ctx, ctx.db, params),
  )
  implement(
    app,
    services,
    'getPartnerStatementFile',
    endpoints.getPartnerStatementFile,
    async ({ db }, { params: { partnerId, month } }, { reply }) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="points-${month}.csv"`)
        .send(await statementFile(db, partnerId, month)),
  )
  implement(app, services, 'settlePartner', endpoints.settlePartner, (ctx, { params, body }) =>
    command(ctx, (tx) => settleMonth(ctx, tx, params.partnerId, body)),
  )
}

const tillRoutes: Routes = (app, services) => {
  implement(app, services, 'findPartnerCard', endpoints.findPartnerCard, async (ctx, { body }) => {
    const partner = await partnerAsking(ctx, ctx.db)
    const { partyId, members } = await holderOf(ctx.db, body.cardNumber)
    const customer = await partyById(ctx.db, partyId)
    const active = Math.max(0, await activeOf(ctx, ctx.db, members))
    noteRead(ctx, partyId, 'card')
    const [initial = ''] = customer?.name.trim() ?? ''
    return {
      initial: initial.toLocaleUpperCase('fr'),
      active,
      worth: toMoney(worthOfPoints(active, partner.bought_minor), 'EUR'),
    }
  })
  implement(app, services, 'earnAtPartner', endpoints.earnAtPartner, (ctx, { body }) =>
    command(ctx, (tx) => earnAtPartner(ctx, tx, body)),
  )
  implement(app, services, 'spendAtPartner', endpoints.spendAtPartner, (ctx, { body }) =>
    command(ctx, (tx) => spendAtPartner(ctx, tx, body)),
  )
  implement(app, services, 'commitPartnerSpending', endpoints.commitPartnerSpending, (ctx, { params }) =>
    command(ctx, (tx) => commitSpending(ctx, tx, params.operationId)),
  )
  implement(app, services, 'releasePartnerSpending', endpoints.releasePartnerSpending, (ctx, { params }) =>
    command(ctx, (tx) => releaseSpending(ctx, tx, params.operationId)),
  )
  implement(app, services, 'reversePartnerOperation', endpoints.reversePartnerOperation, (ctx, { params, body }) =>
    command(ctx, (tx) => reverseOperation(ctx, tx, params.operationId, body)),
  )
}
