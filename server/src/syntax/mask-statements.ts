import type { MaskOptions } from './mask.ts';
import type { Canvas, Live } from './mask-tokens.ts';

/** Repairs what macros do to the grammar of statements and declarations. */
export function repairStatements(
  _tokens: Live,
  _partner: Int32Array,
  _canvas: Canvas,
  _options: MaskOptions,
): void {}
