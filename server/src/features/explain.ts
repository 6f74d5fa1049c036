import type { Catalog } from '../catalog/catalog.ts';
import type { Rule } from '../rules/rule.ts';
export interface Explanation { readonly title: string; readonly kind: string; readonly markdown: string; readonly text: string; readonly url: string }
export const explain = (_n: string, _c: Catalog, _r: readonly Rule[]): Explanation[] => [];
