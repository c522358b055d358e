import { mailTemplateEndpoints as endpoints } from '@ecluse/contracts/mail-templates.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import type { MailDesk } from './mail-desk.ts'
import { previewMail } from './make-mail.ts'
import { selectTemplates } from './queries/templates.ts'
import { templateView } from './template-view.ts'
import { testTemplate } from './test-template.ts'
import {
  addPicture,
  createTemplate,
  deleteTemplate,
  publishTemplate,
  readTemplate,
  updateTemplate,
} from './write-template.ts'

/** Templates of e-mails: written, looked at, tried, published. */
export const mailTemplateRoutes =
  (desk: MailDesk): Routes =>
  (app, services) => {
    implement(app, services, 'listMailTemplates', endpoints.listMailTemplates, async (ctx) => ({
      items: (await selectTemplates(ctx.db))
        .map(templateView)
        .toSorted((a, b) => a.name.localeCompare(b.name, ctx.locale)),
    }))

    implement(app, services, 'createMailTemplate', endpoints.createMailTemplate, (ctx, { body }) =>
      command(ctx, async (tx) => readTemplate(ctx, tx, desk, await createTemplate(ctx, tx, body))),
    )

    implement(app, services, 'getMailTemplate', endpoints.getMailTemplate, (ctx, { params }) =>
      readTemplate(ctx, ctx.db, desk, params.templateId),
    )

    implement(app, services, 'updateMailTemplate', endpoints.updateMailTemplate, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        await updateTemplate(ctx, tx, params.templateId, body)
        return readTemplate(ctx, tx, desk, params.templateId)
      }),
    )

    implement(app, services, 'deleteMailTemplate', endpoints.deleteMailTemplate, async (ctx, { params }) => {
      await command(ctx, (tx) => deleteTemplate(ctx, tx, params.templateId))
      return undefined
    })

    implement(app, services, 'publishMailTemplate', endpoints.publishMailTemplate, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        await publishTemplate(ctx, tx, desk, { id: params.templateId, revision: body.revision })
        return readTemplate(ctx, tx, desk, params.templateId)
      }),
    )

    implement(app, services, 'previewMail', endpoints.previewMail, (ctx, { body }) => previewMail(ctx, desk, body))

    implement(app, services, 'testMailTemplate', endpoints.testMailTemplate, (ctx, { params, body }) =>
      command(ctx, (tx) => testTemplate(ctx, tx, desk, { templateId: params.templateId, locale: body.locale })),
    )

    implement(app, services, 'addMailPicture', endpoints.addMailPicture, (ctx, { body }) =>
      command(ctx, (tx) => addPicture(ctx, tx, body)),
    )
  }
