import type { FastifyReply, FastifyRequest } from 'fastify'
import { rightsEndpoints as endpoints } from '@ecluse/contracts/rights.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { command } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { openArchive } from './archive/archive-file.ts'
import { certificatePdf } from './erasure/certificate-pdf.ts'
import { verifyCertificates } from './erasure/certify.ts'
import { readLinkToken } from './link-token.ts'
import { archiveOf, noteDownload } from './queries/archives.ts'
import { certificateOf, legalRecordsOf } from './queries/erasures.ts'
import { countOpen, listRequests, requestById, type RequestRow } from './queries/requests.ts'
import { linkView, requestSummary, requestView } from './request-view.ts'
import { actOnRequest, confirmRequest } from './requests/act-on-request.ts'
import { sendPreferences } from './requests/send-preferences.ts'
import { askByMail, openForCustomer } from './requests/open-request.ts'
import type { RightsDesk } from './rights-desk.ts'

type Deps = RightsDesk & {
  /** Keeps a script from writing to strangers through us, and from trying links. */
  readonly limitAsking: (request: FastifyRequest) => Promise<unknown>
  readonly limitLinks: (request: FastifyRequest) => Promise<unknown>
}

/** What people ask about their own data, by themselves or through the team. */
export const rightsRoutes =
  (deps: Deps): Routes =>
  (app, services) => {
    links(deps)(app, services)
    desk(deps)(app, services)
    papers(app, services)
  }

/** What people do by themselves: nobody is told whether a mailbox is known, and nothing is done before its link is confirmed. */
const links =
  (deps: Deps): Routes =>
  (app, services) => {
    implement(app, services, 'askForMyData', endpoints.askForMyData, async (ctx, { body }, { request }) => {
      await deps.limitAsking(request)
      await inTransaction(ctx.db, (tx) => askByMail(ctx, tx, deps, { ...body, accountId: null }))
      return {}
    })

    implement(app, services, 'askForMyDataAsMember', endpoints.askForMyDataAsMember, async (ctx, { body }, http) => {
      await deps.limitAsking(http.request)
      const { actor } = ctx
      if (actor.kind !== 'account' && actor.kind !== 'staff') throw refuse('access.not_signed_in')
      const { email, accountId } = actor
      await inTransaction(ctx.db, (tx) => askByMail(ctx, tx, deps, { ...body, email, accountId }))
      return {}
    })

    implement(app, services, 'askForMyPreferences', endpoints.askForMyPreferences, async (ctx, { body }, http) => {
      await deps.limitAsking(http.request)
      const { actor } = ctx
      if (actor.kind !== 'account' && actor.kind !== 'staff') throw refuse('access.not_signed_in')
      await inTransaction(ctx.db, (tx) => sendPreferences(ctx, tx, deps, { email: actor.email, locale: body.locale }))
      return {}
    })

    implement(app, services, 'getMyRequest', endpoints.getMyRequest, async (ctx, { query }, { request }) =>
      linkView(ctx.db, await linkedRequest(ctx, deps, query.token, request)),
    )

    implement(app, services, 'confirmMyRequest', endpoints.confirmMyRequest, async (ctx, { query }, { request }) => {
      const { id } = await linkedRequest(ctx, deps, query.token, request)
      const confirmed = await inTransaction(ctx.db, (tx) => confirmRequest(ctx, tx, id))
      return linkView(ctx.db, confirmed)
    })

    implement(app, services, 'getMyArchive', endpoints.getMyArchive, async (ctx, { query }, { request, reply }) => {
      const { id, number } = await linkedRequest(ctx, deps, query.token, request)
      return sendArchive(ctx, reply, id, number)
    })

    implement(app, services, 'getMyCertificate', endpoints.getMyCertificate, async (ctx, { query }, http) => {
      const { id, locale } = await linkedRequest(ctx, deps, query.token, http.request)
      return sendCertificate(ctx, http.reply, id, locale)
    })
  }

/** What the team does. */
const desk =
  (deps: Deps): Routes =>
  (app, services) => {
    implement(app, services, 'listRightsRequests', endpoints.listRightsRequests, async (ctx, { query }) => {
      const open = query.state === 'open'
      const after = decodeCursor(query.cursor, [cursorPatterns.instant, cursorPatterns.uuid])
      const rows = await listRequests(ctx.db, { open, after, limit: query.limit + 1 })
      const page = pageOf(rows, query.limit, requestSummary, (row) => [
        (open ? row.due_at : row.received_at).toISOString(),
        row.id,
      ])
      return { ...page, ...(await countOpen(ctx.db, ctx.clock.now())) }
    })

    implement(app, services, 'getRightsRequest', endpoints.getRightsRequest, async (ctx, { params }) => {
      const request = await requestById(ctx.db, params.requestId)
      if (!request) throw refuse('rights.not_found')
      return requestView(ctx.db, request)
    })

    implement(app, services, 'openRightsRequest', endpoints.openRightsRequest, (ctx, { body }) =>
      command(ctx, async (tx) => requestView(tx, await openForCustomer(ctx, tx, body))),
    )

    implement(app, services, 'actOnRightsRequest', endpoints.actOnRightsRequest, (ctx, { params, body }) =>
      command(ctx, async (tx) => requestView(tx, await actOnRequest(ctx, tx, deps, params.requestId, body))),
    )
  }

/** Archives, certificates, and what the law keeps. */
const papers: Routes = (app, services) => {
  implement(app, services, 'getRightsArchive', endpoints.getRightsArchive, async (ctx, { params }, { reply }) => {
    const request = await requestById(ctx.db, params.requestId)
    if (!request) throw refuse('rights.not_found')
    return sendArchive(ctx, reply, request.id, request.number)
  })

  implement(
    app,
    services,
    'getRightsCertificate',
    endpoints.getRightsCertificate,
    (ctx, { params, query }, { reply }) => sendCertificate(ctx, reply, params.requestId, query.locale ?? ctx.locale),
  )

  implement(app, services, 'verifyCertificates', endpoints.verifyCertificates, async (ctx) => {
    const { intact, rows } = await verifyCertificates(ctx.config, ctx.db)
    const items = rows.map(({ sequence, request_id, content, hash, key_id }) => ({
      number: sequence,
      requestId: request_id,
      content,
      hash: hash.toString('hex'),
      keyId: key_id,
    }))
    return { intact, items }
  })

  implement(app, services, 'getLegalRecords', endpoints.getLegalRecords, async (ctx, { query }) => ({
    items: (await legalRecordsOf(ctx.db, query.reference)).map(({ law, reference, content, kept_until }) => ({
      law,
      reference,
      content,
      keptUntil: kept_until,
    })),
  }))
}

/** Opens a request by the link of its message. A wrong one counts as an attempt. */
async function linkedRequest(ctx: Ctx, deps: Deps, token: string, request: FastifyRequest): Promise<RequestRow> {
  let requestId: string
  try {
    requestId = readLinkToken(ctx.config, token)
  } catch (error) {
    await deps.limitLinks(request)
    throw error
  }
  const found = await requestById(ctx.db, requestId)
  if (!found) throw refuse('rights.link_invalid')
  return found
}

async function sendArchive(ctx: Ctx, reply: FastifyReply, requestId: string, number: string): Promise<FastifyReply> {
  const archive = await archiveOf(ctx.db, requestId)
  const now = ctx.clock.now()
  if (!archive || archive.removed_at !== null || archive.expires_at <= now) throw refuse('rights.archive_gone')
  await noteDownload(ctx.db, requestId, now)
  return reply
    .type('application/octet-stream')
    .header('content-length', archive.bytes.toString())
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${number}.zip"`)
    .send(openArchive(ctx.config, requestId))
}

async function sendCertificate(
  ctx: Ctx,
  reply: FastifyReply,
  requestId: string,
  locale: Locale,
): Promise<FastifyReply> {
  const row = await certificateOf(ctx.db, requestId)
  if (!row) throw refuse('rights.not_found')
  return reply
    .type('application/pdf')
    .header('content-disposition', `attachment; filename="certificat-${row.sequence}.pdf"`)
    .send(await certificatePdf(row, locale, ctx.config.mailFrom))
}
