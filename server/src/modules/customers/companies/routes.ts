import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { foldName } from '../domain/normalise.ts'
import { companiesOfAccount, listCompanyRows } from '../queries/companies.ts'
import { companyActor, requireCompanyRole } from './authorise-company.ts'
import { companySummary, viewCompany } from './company-view.ts'
import { createCompany, updateCompany, writeSite } from './write-company.ts'
import {
  acceptInvitation,
  inviteMember,
  openInvitation,
  putApprovalRules,
  removeMember,
  updateMember,
} from './write-member.ts'

/** Companies, their sites and their people. */
export const companyRoutes: Routes = (app, services) => {
  const view = async (ctx: Ctx, tx: Tx, companyId: string) =>
    viewCompany(tx, await companyActor(ctx, tx, companyId, 'customers:read'))
  /** Does what its administrators and our staff may do to a company, and answers with it. */
  const administering = (ctx: Ctx, companyId: string, act: (tx: Tx) => Promise<unknown>) =>
    command(ctx, async (tx) => {
      const actor = await requireCompanyRole(ctx, tx, companyId, ['administrator'])
      await act(tx)
      // Who has just left sees what they did once more.
      return viewCompany(tx, actor)
    })

  implement(app, services, 'listCompanies', endpoints.listCompanies, async ({ db }, { query }) => {
    const after = decodeCursor(query.cursor, [cursorPatterns.text, cursorPatterns.uuid])
    const words = foldName(query.q ?? '')
      .split(' ')
      .filter(Boolean)
    const rows = await listCompanyRows(db, { words, after, limit: query.limit + 1 })
    return pageOf(rows, query.limit, companySummary, (row) => [row.sort_name, row.id])
  })
  implement(app, services, 'listMyCompanies', endpoints.listMyCompanies, async ({ actor, db }) => {
    if (actor.kind !== 'account' && actor.kind !== 'staff') throw refuse('access.not_signed_in')
    return { items: await companiesOfAccount(db, actor.accountId) }
  })
  implement(app, services, 'createCompany', endpoints.createCompany, (ctx, { body }) =>
    command(ctx, async (tx) => view(ctx, tx, await createCompany(ctx, tx, body))),
  )
  implement(app, services, 'getCompany', endpoints.getCompany, async (ctx, { params: { companyId } }) =>
    viewCompany(ctx.db, await companyActor(ctx, ctx.db, companyId, 'customers:read')),
  )
  implement(app, services, 'updateCompany', endpoints.updateCompany, (ctx, { params: { companyId }, body }) =>
    command(ctx, async (tx) => {
      await updateCompany(ctx, tx, companyId, body)
      return view(ctx, tx, companyId)
    }),
  )
  implement(app, services, 'createCompanySite', endpoints.createCompanySite, (ctx, { params: { companyId }, body }) =>
    administering(ctx, companyId, (tx) => writeSite(ctx, tx, companyId, null, body)),
  )
  implement(app, services, 'updateCompanySite', endpoints.updateCompanySite, (ctx, { params, body }) =>
    administering(ctx, params.companyId, (tx) => writeSite(ctx, tx, params.companyId, params.siteId, body)),
  )
  implement(app, services, 'inviteCompanyMember', endpoints.inviteCompanyMember, (ctx, { params, body }) =>
    administering(ctx, params.companyId, (tx) => inviteMember(ctx, tx, params.companyId, body)),
  )
  implement(app, services, 'updateCompanyMember', endpoints.updateCompanyMember, (ctx, { params, body }) =>
    administering(ctx, params.companyId, (tx) => updateMember(ctx, tx, params.companyId, params.memberId, body)),
  )
  implement(app, services, 'removeCompanyMember', endpoints.removeCompanyMember, (ctx, { params }) =>
    administering(ctx, params.companyId, (tx) => removeMember(ctx, tx, params.companyId, params.memberId)),
  )
  implement(app, services, 'putApprovalRules', endpoints.putApprovalRules, (ctx, { params, body }) =>
    administering(ctx, params.companyId, (tx) => putApprovalRules(ctx, tx, params.companyId, body.rules)),
  )
  implement(app, services, 'getCompanyInvitation', endpoints.getCompanyInvitation, async (ctx, { params }) => {
    const invited = await openInvitation(ctx, ctx.db, params.token)
    return {
      companyId: invited.company_id,
      companyName: invited.company_name,
      email: invited.email,
      name: invited.name,
      role: invited.role,
      expiresAt: invited.token_expires_at.toISOString(),
    }
  })
  implement(app, services, 'acceptCompanyInvitation', endpoints.acceptCompanyInvitation, (ctx, { params }) =>
    command(ctx, async (tx) => ({ companyId: await acceptInvitation(ctx, tx, params.token) })),
  )
}
