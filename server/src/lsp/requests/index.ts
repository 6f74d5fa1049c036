import type { RequestKind } from '../session.ts';
import { codeActions } from './code-actions.ts';
import { codeLens } from './code-lens.ts';
import { completion } from './completion.ts';
import { explainStatus } from './explain-status.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { navigation } from './navigation.ts';
import { registrationMap } from './registration-map.ts';
import { signatureHelp } from './signature-help.ts';
import { newDrivers } from './new-driver.ts';
import { symbols } from './symbols.ts';

/** Everything that the server answers. */
export const REQUESTS: readonly RequestKind[] = [
  hover,
  codeActions,
  completion,
  signatureHelp,
  codeLens,
  explainStatus,
  inlayHints,
  navigation,
  newDrivers,
  symbols,
  registrationMap,
];
