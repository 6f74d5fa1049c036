import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import {
  driverKinds,
  type Layout,
  LAYOUTS,
  nameProblem,
  newDriver,
  NewDriverError,
  type NewDriverOptions,
} from '../../index.ts';
import type { RequestKind } from '../session.ts';

/**
 * `driverentry/driverKinds` lists what drivers can be made; `driverentry/newDriver` answers with the files of one. It
 * writes nothing: that is the client's.
 */
export const newDrivers: RequestKind = {
  capabilities: () => ({}),
  register({ connection, analyzer }) {
    connection.onRequest('driverentry/driverKinds', () => driverKinds(analyzer().catalog));
    connection.onRequest('driverentry/newDriver', (params: unknown) => {
      const options = readOptions(params);
      const { catalog } = analyzer();
      try {
        return newDriver(options, catalog, () => crypto.randomUUID());
      } catch (error) {
        if (!(error instanceof NewDriverError)) throw error;
        throw new ResponseError(ErrorCodes.InvalidParams, error.message);
      }
    });
    connection.onRequest('driverentry/driverNameProblem', (params: unknown) => {
      const { name } = params as { name?: unknown };
      return typeof name === 'string' ? (nameProblem(name) ?? null) : null;
    });
  },
};

function readOptions(params: unknown): NewDriverOptions {
  const { kind, name, version, layout } = (params ?? {}) as Record<string, unknown>;
  if (typeof kind !== 'string' || typeof name !== 'string') {
    throw new ResponseError(ErrorCodes.InvalidParams, 'a new driver needs a kind and a name');
  }
  return {
    kind,
    name,
    layout: LAYOUTS.includes(layout as Layout) ? (layout as Layout) : LAYOUTS[0],
    ...(typeof version === 'string' ? { version } : {}),
  };
}
