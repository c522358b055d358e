import type { Drawing } from '../plots/drawing.ts'

/** One part of a paper, in the order it is read. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'plot'; title: string; drawing: Drawing }

/** A memo or a report as it is read, on a page or on paper. */
export type Paper = { title: string; about: string; blocks: readonly Block[] }
