import type { Catalog } from '../catalog/catalog.ts';
import type { Rule } from '../rules/rule.ts';
import type { TextRange } from '../text/range.ts';
import type { LineIndex } from '../text/line-index.ts';
import type { AnalysedFile } from '../workspace/workspace.ts';
export interface Hover { readonly range: TextRange; readonly lines: LineIndex; readonly markdown: string }
export const hoverAt = (_f: AnalysedFile, _o: number, _c: Catalog, _r: readonly Rule[]): Hover | undefined => undefined;
