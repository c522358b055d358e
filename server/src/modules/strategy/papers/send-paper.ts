import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { FastifyReply } from 'fastify'
import { paperHtml } from './paper-html.ts'
import type { Paper } from './paper.ts'

/** Answers with a page that may load nothing and run nothing. */
export function sendPage(reply: FastifyReply, paper: Paper, locale: Locale): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    .send(paperHtml(paper, locale))
}
