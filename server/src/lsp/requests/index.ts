import type { RequestKind } from '../session.ts';
import { codeActions } from './code-actions.ts';
import { hover } from './hover.ts';

/** Everything that the server answers. */
export const REQUESTS: readonly RequestKind[] = [hover, codeActions];
