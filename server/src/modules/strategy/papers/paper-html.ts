import type { Locale } from '@ecluse/contracts/scalars.ts'
import { drawSvg } from '../plots/draw-svg.ts'
import { escapeHtml } from '../plots/escape-html.ts'
import type { Block, Paper } from './paper.ts'

const style = `body{margin:2rem auto;padding:0 1rem;max-width:46rem;color:#17211f;background:#fff;font:15px/1.5 Inter,system-ui,sans-serif}
h1{margin:0;font-size:1.75rem}h2{margin:1.6rem 0 .4rem;font-size:1.15rem;color:#0b5358}.about{margin:.25rem 0 0;color:#55635f}
.scroll{overflow-x:auto}table{width:100%;border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .5rem;border-bottom:1px solid #d5d9d6;text-align:left;vertical-align:top}p{white-space:pre-line}
figure{margin:1rem 0;break-inside:avoid}figcaption{font-weight:600}svg{width:100%;height:auto}`

/** A page of its own, to read and to print. */
export function paperHtml({ title, about, blocks }: Paper, locale: Locale): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1><p class="about">${escapeHtml(about)}</p>${blocks.map(htmlOf).join('')}</main></body></html>`
}

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${escapeHtml(block.text)}</h2>`
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>`
    case 'plot':
      return `<figure><figcaption>${escapeHtml(block.title)}</figcaption>${drawSvg(block.drawing)}</figure>`
    case 'table':
      return `<div class="scroll" tabindex="0"><table><thead><tr>${block.head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')}</tr></thead><tbody>${block.rows
        .map(
          ([first = '', ...cells]) =>
            `<tr><th scope="row">${escapeHtml(first)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
        )
        .join('')}</tbody></table></div>`
  }
}
